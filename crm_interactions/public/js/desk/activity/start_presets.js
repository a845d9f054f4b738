import { start_presets } from "../../logic/start_presets";

/** Show buttons with usual starts below *Date and Time*, in the user's time zone; remove them if not `shown`. */
export function show_start_presets(host, shown) {
	const $wrapper = host.control("starts_on")?.$wrapper;
	if (!$wrapper) return;
	$wrapper.find(".crm-presets").remove();
	if (!shown) return;
	const $presets = $(`<div class="crm-presets"></div>`).appendTo($wrapper);
	for (const { day, time, at } of start_presets(frappe.datetime.now_datetime())) {
		$(`<button type="button" class="btn btn-xs btn-default"></button>`)
			.text(label_of(day, time))
			.on("click", () => host.set({ starts_on: frappe.datetime.convert_to_system_tz(at) }))
			.appendTo($presets);
	}
}

function label_of(day, time) {
	if (day === "Today") return __("Today {0}", [time]);
	if (day === "Tomorrow") return __("Tomorrow {0}", [time]);
	return __("Monday {0}", [time]);
}
