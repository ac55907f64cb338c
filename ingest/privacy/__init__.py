"""Personal data, withheld before anything is stored."""
