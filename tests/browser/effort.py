"""The effort of a job: clicks, keys and decisions of the user, and seconds at keystroke level."""

from dataclasses import dataclass

from playwright.sync_api import Page

# seconds: the keystroke-level model of Card, Moran and Newell (1980), with pointing and pressing as one click
KEY, CLICK, DECISION = 0.2, 1.3, 1.35
# Counts in the tab's storage, so that the counts survive a change of page. A decision is before each click, each
# shortcut or Enter, and before typing into a field that neither of the former has just opened.
COUNTER = """() => {
	if (window.crm_effort) return;
	window.crm_effort = true;
	const count = (part) => sessionStorage.setItem(`crm_${part}`, 1 + Number(sessionStorage.getItem(`crm_${part}`)));
	let typed_in = null;
	let opened = false;
	document.addEventListener("click", (event) => {
		if (!event.isTrusted || !event.detail) return; // a key presses a button without a pointer
		count("clicks");
		count("decisions");
		opened = true;
	}, true);
	document.addEventListener("keydown", (event) => {
		if (!event.isTrusted || ["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
		count("keys");
		const is_command = event.ctrlKey || event.metaKey || event.key === "Enter";
		const is_text = event.key.length === 1 && !is_command;
		if (is_command || (is_text && event.target !== typed_in && !opened)) count("decisions");
		if (is_text) typed_in = event.target;
		opened = is_command && event.key !== "Enter";
	}, true);
}"""
READ = "() => ['clicks', 'keys', 'decisions'].map((part) => Number(sessionStorage.getItem(`crm_${part}`)))"
RESET = "() => ['clicks', 'keys', 'decisions'].forEach((part) => sessionStorage.removeItem(`crm_${part}`))"


@dataclass(frozen=True)
class Effort:
	clicks: int
	keys: int
	decisions: int

	@property
	def seconds(self) -> float:
		return round(self.keys * KEY + self.clicks * CLICK + self.decisions * DECISION, 2)


def start_counting(page: Page) -> None:
	"""Count from now on, also on pages that are opened later in the same tab."""
	page.add_init_script(f"({COUNTER})()")
	page.evaluate(COUNTER)
	page.evaluate(RESET)


def effort_of(page: Page) -> Effort:
	return Effort(*page.evaluate(READ))
