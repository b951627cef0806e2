"""Sentences of the framework that these pages say in their own words: named here, they stand in our catalogues, and ours win."""

from django.utils.translation import gettext_noop

OWN_WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    gettext_noop("This password is entirely numeric."),
)
