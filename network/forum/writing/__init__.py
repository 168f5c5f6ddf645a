"""Writing in the forum: forms, drafts, previews, suggestions, and what one does with a post."""
