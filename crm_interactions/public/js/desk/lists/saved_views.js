import { is_view, saved_views } from "../../logic/views";
import { settings } from "../platform/boot";
import { end_of_day } from "../platform/clock";

/** Show the views of the current user and time above a list's filters; `is_journal` is set for the journal's list. */
export function add_saved_views(list_view, { is_journal = false } = {}) {
	const views = () =>
		saved_views({
			user: frappe.session.user,
			now: frappe.datetime.system_datetime(),
			end_of_day: end_of_day(),
			use_reviewed: settings().use_reviewed,
			use_under_control: settings().use_under_control,
			is_journal,
		});
	show_views(list_view, views, is_journal ? "activity_date" : "starts_on");
}

/**
 * Show a row of buttons above a list's filters; one is pressed while the list shows its view, and pressed again shows all.
 *
 * @param views returns the views with `key`, `label`, `filters` and perhaps `sort`, as of this moment; a view with `ask` instead of filters asks
 *     for them, and passes them to its argument
 * @param sort_by the field that the views sort by
 */
export function show_views(list_view, views, sort_by) {
	if (list_view.view_name !== "List") return;
	const $views = $(`<div class="crm-views" role="toolbar"></div>`).attr("aria-label", __("Views"));
	for (const { key, label } of views()) {
		$(`<button type="button" class="btn btn-default btn-sm" aria-pressed="false"></button>`)
			.attr("data-view", key)
			.text(__(label))
			.on("click", () => {
				// user and time of the click, not of the page load
				const view = views().find((candidate) => candidate.key === key);
				if (view.ask) return view.ask((filters) => apply(list_view, filters));
				return apply(list_view, is_shown(list_view, view) ? [] : view.filters);
			})
			.appendTo($views);
	}
	list_view.page.page_form.before($views);
	follow_filters(list_view, views, sort_by, (shown) =>
		$views.children().each((_, button) => {
			const pressed = $(button).attr("data-view") === shown?.key;
			$(button)
				.attr("aria-pressed", String(pressed))
				.toggleClass("btn-primary", pressed)
				.toggleClass("btn-default", !pressed);
		})
	);
}

/** Sort by a view's order when the list's filters become those of the view, back when they no longer are, and mark its button. */
function follow_filters(list_view, views, sort_by, mark) {
	const find = (filters) => views().find((view) => view.filters && is_view(view, filters));
	let last = find(list_view.view_user_settings?.filters || []);
	const { get_args } = list_view;
	list_view.get_args = function (...args) {
		const view = find(this.filter_area.get());
		if (view?.key !== last?.key && (view || last).sort) {
			this.sort_selector?.set_value(sort_by, view?.sort || "desc");
		}
		last = view;
		mark(view);
		return get_args.apply(this, args);
	};
}

const is_shown = (list_view, view) => is_view(view, list_view.filter_area.get());

async function apply(list_view, filters) {
	await list_view.filter_area.clear(false);
	if (!filters.length) return list_view.refresh();
	await list_view.filter_area.add(filters.map((filter) => [list_view.doctype, ...filter]));
}
