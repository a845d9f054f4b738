import { one_at_a_time } from "../../logic/one_at_a_time";
import { ask } from "../platform/server";

const METHOD = "crm_interactions.api.feed.get_note";

/** Return two lines of a row's note, and a button that shows all of it in place if there is more. */
export function note_of_row(row) {
	const $note = $(`<div class="crm-note"></div>`);
	const $text = $(`<div class="crm-note-text"></div>`).text(row.note).appendTo($note);
	const $more = $(`<button type="button" class="btn-reset crm-note-more" aria-expanded="false"></button>`)
		.text(__("Show More"))
		.hide()
		.on(
			"click",
			one_at_a_time(async () => {
				const opens = !$note.hasClass("is-open");
				if (opens && row.has_more) {
					$text.text(await ask(METHOD, pair_of(row)));
					row.has_more = false;
				}
				$note.toggleClass("is-open", opens);
				$more.text(opens ? __("Show Less") : __("Show More")).attr("aria-expanded", String(opens));
			})
		)
		.appendTo($note);
	show_if_cut($note.get(0), $text.get(0), () => $more.toggle(is_cut($text.get(0)) || row.has_more));
	return $note;
}

const pair_of = ({ activity_type, activity }) => ({ activity_type, activity });

const is_cut = (text) => text.scrollHeight > text.clientHeight + 1;

/** Decide about the button each time the width of a closed note changes, also when a closed tab opens. */
function show_if_cut(note, text, decide) {
	let width = -1;
	new ResizeObserver(() => {
		if (note.classList.contains("is-open") || text.clientWidth === width) return;
		width = text.clientWidth;
		if (width) decide();
	}).observe(note);
}
