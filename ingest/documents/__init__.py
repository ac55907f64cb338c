"""What a document is made of and says of itself: its files, title, date, attachments, second copies and members."""
