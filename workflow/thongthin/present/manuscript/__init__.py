"""What a document says, sentence by sentence: numbers that were typed, two languages beside each other, terms."""
