"""What a screen must not show: text that is cut off, and serious findings of the accessibility checker axe-core."""

import os
from pathlib import Path

from playwright.sync_api import Page

# Elements with text of their own that ends outside the window, or is wider than its element, which hides the rest.
# What scrolls sideways, such as a table, may be wider; so may text for screen readers and text behind an ellipsis with
# a title that gives it in full.
OVERFLOWING = """(scope) => {
	const found = [];
	const scrolls = (element) => {
		for (let at = element; at; at = at.parentElement) {
			if (["auto", "scroll"].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
		}
		return false;
	};
	for (const root of document.querySelectorAll(scope)) for (const element of root.querySelectorAll("*")) {
		const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
		const box = element.getBoundingClientRect();
		if (!text || box.width <= 2 || box.height <= 2 || !element.checkVisibility({ checkOpacity: true })) continue;
		const style = getComputedStyle(element);
		const is_clamped = style.webkitLineClamp !== "none";
		const is_cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1 && style.display !== "inline";
		const named = element.closest("[title]")?.title.includes(text) || element.tagName === "OPTION";
		if (box.right > innerWidth + 1 && !scrolls(element)) found.push(`outside the window: ${text}`);
		else if (is_cut && !is_clamped && !named && !scrolls(element)) found.push(`cut off: ${text}`);
	}
	return [...new Set(found)];
}"""
DIALOG = ".modal.show .modal-dialog"
FINDINGS = """async ([scope, without]) => {
	const { violations } = await axe.run(
		{ include: [[scope]], exclude: without.map((selector) => [selector]) },
		{ resultTypes: ["violations"] }
	);
	return violations
		.filter(({ impact }) => ["serious", "critical"].includes(impact))
		.flatMap(({ id, nodes }) => nodes.map(({ html, target, failureSummary }) =>
			`${id}: ${target.join(" ")}: ${html.slice(0, 120)}: ${failureSummary}`));
}"""


def overflowing(page: Page, scope: str = ".page-container:not([style*='display: none'])") -> list[str]:
	"""Return texts in the elements of `scope` that are cut off, or end outside the window."""
	return page.evaluate(OVERFLOWING, scope)


def serious_findings(page: Page, scope: str, *, without: tuple[str, ...] = ()) -> list[str]:
	"""Return the serious and critical findings of axe-core in the first element of `scope`, except in `without`."""
	if not page.evaluate("() => Boolean(window.axe)"):
		page.evaluate(Path(os.environ["AXE"]).read_text())
	return page.evaluate(FINDINGS, [scope, list(without)])
