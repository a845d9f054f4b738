/**
 * Keyboard and closing of the app's dialogs.
 *
 * Frappe closes every open dialog at one Esc, drops typed text without a question, takes Enter in a link field for
 * Save, and lets Tab pass the buttons of editors and leave the dialog.
 */
import { tab_target } from "../../logic/dialog_keys";
import { control_of, forget_left_text, is_link, remember_left_text, unchosen_text } from "./dialog_input";

const guarded = new WeakMap();
const FOCUSABLE = "a[href], button, input, select, textarea, [contenteditable='true'], [tabindex]";
const TOOLBAR = ".ql-toolbar button, .ql-toolbar [tabindex]";
const EDITORS_OF_FORMS = ".crm-short-editor";
const KEYS = ["Escape", "Enter", "Tab"];
const TYPING = ["input", "change", "awesomplete-selectcomplete"];

/** Guard a dialog: ask before it closes with typed content, if `asks`; keep the focus and remember typed text. */
export function guard(dialog, { asks = true } = {}) {
	const state = { asks, typed: false, focused: null };
	let pressed = null;
	const element = dialog.$wrapper.get(0);
	guarded.set(dialog, state);
	const on = (event, handler) => element.addEventListener(event, handler, true);
	for (const event of TYPING) on(event, () => (state.typed = true));
	on("input", ({ target }) => forget_left_text(target));
	on("focusout", ({ target }) => remember_left_text(target));
	on("focusin", ({ target }) => (state.focused = target));
	on("mousedown", ({ target }) => (pressed = target));
	on("click", (event) => {
		// selecting text may end on the backdrop
		const on_backdrop = event.target === element;
		if (!on_backdrop && !event.target.closest("[data-dismiss='modal']")) return;
		stop(event);
		if (!on_backdrop || pressed === element) leave(dialog);
	});
}

/** Handle Esc, Enter and Tab before Frappe does, while one of the guarded dialogs is open; call once. */
export function guard_keys() {
	window.addEventListener("keydown", on_key, true);
	$(document).on("hidden.bs.modal", () => return_focus());
}

function on_key(event) {
	if (event.isComposing || !KEYS.includes(event.key)) return;
	const top = top_dialog();
	if (event.key === "Tab") skip_toolbars(guarded.has(top?.dialog) ? [top.element] : editors_of_forms());
	if (!top || !frappe.ui.open_dialogs.some((dialog) => guarded.has(dialog))) return;
	if (event.key === "Escape") on_escape(event, top);
	else if (event.key === "Enter") on_enter(event, top);
	else if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) on_tab(event, top);
}

/** Return { element, dialog } of the topmost modal; `dialog` is undefined while it is opening or closing. */
function top_dialog() {
	const message = frappe.msg_dialog?.$wrapper.get(0);
	const shown = [...document.querySelectorAll(".modal.show")];
	const element = shown.includes(message) ? message : shown.at(-1);
	return (
		element && {
			element,
			dialog: frappe.ui.open_dialogs.find(({ $wrapper }) => $wrapper.get(0) === element),
		}
	);
}

/** Close one thing: suggestions, a picker, the editor's tooltip, or the topmost dialog. */
function on_escape(event, { dialog }) {
	const control = control_of(event.target);
	const tooltip = event.target.closest?.(".ql-tooltip");
	stop(event);
	if (tooltip) tooltip.classList.add("ql-hidden");
	else if (control?.awesomplete?.opened) control.awesomplete.close();
	else if (control?.datepicker?.visible) control.datepicker.hide();
	else if (dialog && !dialog.static && !dialog.no_cancel_flag) leave(dialog);
}

function on_enter(event, { element, dialog }) {
	if (!guarded.has(dialog)) return;
	if (event.ctrlKey || event.metaKey) {
		stop(event);
		if (dialog.has_primary_action) dialog.get_primary_btn().get(0).click();
		return;
	}
	const control = control_of(event.target);
	if (!element.contains(event.target) || !control || !is_link(control)) return;
	// the list still belongs to an earlier text; Enter chooses once the suggestions for this one have arrived
	if (unchosen_text(control) && !has_suggestions(control)) stop(event);
}

/** Return whether the suggestions for the text are listed: Frappe asks for them half a second after typing. */
function has_suggestions(control) {
	const known = control.$input.cache?.[control.get_options()]?.[control.$input.val()];
	return known != null && known === control.awesomplete._list;
}

function on_tab(event, { element, dialog }) {
	if (!guarded.has(dialog)) return;
	const control = control_of(event.target);
	// Frappe 16 chooses the first suggestion, also for an empty field and for an earlier text
	if (control && is_link(control) && !(unchosen_text(control) && has_suggestions(control))) {
		control.awesomplete?.close();
	}
	const elements = [...element.querySelectorAll(FOCUSABLE)].filter(takes_focus);
	const target = tab_target({
		position: elements.indexOf(event.target),
		count: elements.length,
		backwards: event.shiftKey,
		in_editor: Boolean(event.target.closest?.(".ql-editor")),
	});
	if (target < 0) return;
	stop(event);
	elements[target].focus();
}

function takes_focus(element) {
	// an editor takes the focus, but Chromium gives it no tabIndex
	const is_editor = element.isContentEditable && !element.hasAttribute("tabindex");
	return (element.tabIndex >= 0 || is_editor) && !element.disabled && element.getClientRects().length > 0;
}

const editors_of_forms = () => [...document.querySelectorAll(EDITORS_OF_FORMS)];

/** Take the buttons of editors out of the order of Tab. */
function skip_toolbars(scopes) {
	for (const scope of scopes) {
		for (const button of scope.querySelectorAll(TOOLBAR)) button.tabIndex = -1;
	}
}

/** Close a dialog; with typed content, only after a question. */
function leave(dialog) {
	const state = guarded.get(dialog);
	if (!state?.asks || !state.typed) return dialog.hide();
	frappe.confirm(__("Discard what you entered?"), () => dialog.hide());
}

/** Focus the field in which the user was, after a message above the dialog has closed. */
function return_focus() {
	const state = guarded.get(top_dialog()?.dialog);
	if (state && document.activeElement === document.body) state.focused?.focus();
}

function stop(event) {
	event.preventDefault();
	event.stopImmediatePropagation();
}
