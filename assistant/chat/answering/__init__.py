"""What answers: a choice among what this machine has, made in the page while it is served. Assistants in, HTML out.

May import assistant.chat, assistant.conversation, assistant.types and index."""
