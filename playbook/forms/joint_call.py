"""The sheet of a customer talk that rep and manager go to together: two minutes before, fifteen after."""

from playbook.forms.sheets import Questions, questions
from playbook.journal import sheet_registry


def joint_call() -> Questions:
    """Before: what to watch for and who does what. After: the rep first, then one moment to play again."""
    return Questions(
        sheet_registry.JOINT_CALL,
        "A joint call",
        questions(
            ("whom", "Before. With whom, which customer, which day:", 1),
            ("watch", "Before. The one thing that I watch for, and how we would both know it:", 1),
            ("leads", "Before. The rep leads. When the customer turns to me, I say:", 1),
            ("good", "After, the rep first. What would you do the same way again?", 1),
            ("turned", "After, the rep first. At what moment did it turn, and what was said just before?", 2),
            ("words", "After, from my notes. The customer's own words, with the minute:", 2),
            ("again", "After. The moment that we play again, and when it comes up next:", 1),
            ("mine", "After. What I do, by which day:", 1),
        ),
        about=(sheet_registry.ANYBODY,),
    )
