/**
 * Show the ways as a radio group of cards; return a function that selects one by its key.
 *
 * @param chosen key of the first selection; the first way if unknown
 * @param on_choose called with the key at each selection, also the first
 */
export function draw_ways($wrapper, ways, chosen, on_choose) {
	const $group = $(`<div class="crm-ways" role="radiogroup"></div>`).attr("aria-label", __("Next step"));
	const cards = ways.map((way) => card(way).appendTo($group));
	const choose = (index, focus) => {
		cards.forEach(($card, other) => {
			$card.attr({ "aria-checked": other === index, tabindex: other === index ? 0 : -1 });
		});
		if (focus) cards[index].trigger("focus");
		on_choose(ways[index].key);
	};
	cards.forEach(($card, index) => {
		$card.on("click", () => choose(index));
		$card.on("keydown", ({ key }) => {
			const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
			if (step) choose((index + step + ways.length) % ways.length, true);
		});
	});
	$wrapper.empty().append($group);
	choose(
		Math.max(
			ways.findIndex(({ key }) => key === chosen),
			0
		)
	);
	return (key) => choose(ways.findIndex((way) => way.key === key));
}

function card({ key, label, hint, icon }) {
	return $(`<button type="button" role="radio" class="crm-way">${frappe.utils.icon(icon, "sm")}</button>`)
		.attr("data-way", key)
		.append(
			$(`<span class="crm-way-label"></span>`).text(__(label)),
			$(`<span class="crm-way-hint"></span>`).text(__(hint))
		);
}
