/**
 * Show the app's banner above a form instead of its former one.
 *
 * Frappe clears banners when a refresh begins; two at once, as after a save by the server, would each add theirs.
 *
 * @param sentence escaped HTML
 */
export function show_banner(frm, sentence, color) {
	const { message } = frm.layout;
	message.children(".crm-banner").remove();
	frm.set_intro(sentence, color);
	message.children().last().addClass("crm-banner");
}
