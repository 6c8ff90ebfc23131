"""The reference pages of the site, written from the policies in Chinese and in English."""
