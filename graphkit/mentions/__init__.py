"""What an article talks about: names, descriptions and pronouns, and which of them are one thing."""

from graphkit.mentions.component import MentionDetector, create_mentions, mentions_of

__all__ = ["MentionDetector", "create_mentions", "mentions_of"]
