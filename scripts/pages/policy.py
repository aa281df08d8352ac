"""What do we say about one platform, claim by claim?

Every claim has its permanent place here: the element whose id is the claim's own.
"""

from __future__ import annotations

from scripts.pages.context import Context


def claims(ctx: Context, platform: str) -> str:
    """All claims about a platform under their questions, current ones first, then those that have ended."""
    groups = []
    for group in ctx.facts.groups.values():
        questions = []
        for question in ctx.facts.questions.values():
            if question.group == group.id:
                all_claims = ctx.resolver.claims(platform, question.id)
                if all_claims:
                    questions.append((question, sorted(all_claims, key=lambda c: not ctx.resolver.current(c))))
        if questions:
            groups.append((group, questions))
    return ctx.render("claims.html", platform=ctx.facts.platforms[platform], groups=groups)


def claim(ctx: Context, claim: str) -> str:
    """One claim, to be quoted in prose."""
    found = ctx.facts.claims[claim]
    platform = ctx.facts.platform_of[claim]
    return ctx.render(
        "quote.html",
        claim=found,
        platform=ctx.facts.platforms[platform],
        question=ctx.facts.questions[found.question],
    )
