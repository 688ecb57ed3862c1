"""Understanding: from the user's words to a `Question`, in small steps that each do one thing."""
