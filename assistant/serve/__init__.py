"""The library for other programs: an API in OpenAI's shapes, and tools for models (MCP). Requests in, answers out.

May import assistant.citations, assistant.conversation, assistant.settings, assistant.types, assistant.web and index."""
