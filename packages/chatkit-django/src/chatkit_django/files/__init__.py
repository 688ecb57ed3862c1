"""Files of users: names, kinds, previews, links, and where the bytes are. Nothing here needs the
ChatKit SDK."""
