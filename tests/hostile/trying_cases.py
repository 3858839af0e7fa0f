"""What each kind of visitor meets at the addresses of trials and scenarios."""

from __future__ import annotations

from tests.hostile.designer_cases import DRAFT, design, see

TRY, SCENARIOS = f"{DRAFT}/try", f"{DRAFT}/scenarios"
NO_TRIAL = 302
"""Nobody has begun a trial: every turn leads to where one begins."""

TRYING = {
    ("designer.try_draft", "GET"): design(TRY, NO_TRIAL),
    ("designer.begin", "GET"): design(f"{TRY}/begin"),
    ("designer.begin", "POST"): design(f"{TRY}/begin", 303, start="2026-01-12"),
    ("designer.discard_try", "POST"): design(f"{TRY}/discard", 303),
    ("designer.try_step", "GET"): design(f"{TRY}/steps/idea_sheet", NO_TRIAL),
    ("designer.try_step", "POST"): design(f"{TRY}/steps/idea_sheet", NO_TRIAL),
    ("designer.try_save", "GET"): design(f"{TRY}/save", NO_TRIAL),
    ("designer.try_save", "POST"): design(f"{TRY}/save", NO_TRIAL),
    ("designer.try_wait", "POST"): design(f"{TRY}/wait", NO_TRIAL, days="5"),
    ("designer.try_forward", "POST"): design(f"{TRY}/forward", NO_TRIAL, target="bp1"),
    ("designer.try_send", "POST"): design(f"{TRY}/send", NO_TRIAL, message="terminate@work"),
    ("designer.try_facts", "POST"): design(f"{TRY}/facts", NO_TRIAL),
    ("designer.try_met", "POST"): design(f"{TRY}/met", NO_TRIAL, number="1"),
    ("designer.try_undo", "POST"): design(f"{TRY}/undo", 404),
    ("designer.try_cut", "POST"): design(f"{TRY}/cut", 404, number="1"),
    ("designer.scenarios", "GET"): see(SCENARIOS),
    ("designer.scenarios_result", "GET"): see(f"{SCENARIOS}/result"),
    ("designer.mend", "GET"): design(f"{DRAFT}/mend-scenarios"),
    ("designer.mend_now", "POST"): design(f"{DRAFT}/mend-scenarios", 303),
    ("designer.new_scenario", "POST"): design(f"{SCENARIOS}/new", 303, title="Nytt"),
    ("designer.scenario", "GET"): see(f"{SCENARIOS}/deferred"),
    ("designer.order_rows", "POST"): design(f"{SCENARIOS}/deferred/order", 303, down="1"),
    ("designer.new_row", "GET"): design(f"{SCENARIOS}/deferred/rows/new"),
    ("designer.add_row", "POST"): design(f"{SCENARIOS}/deferred/rows/new", 422, verb="do"),
    ("designer.row", "GET"): design(f"{SCENARIOS}/deferred/rows/1"),
    ("designer.edit_row", "POST"): design(f"{SCENARIOS}/deferred/rows/1", 422),
    ("designer.scenario_end", "GET"): design(f"{SCENARIOS}/deferred/end"),
    ("designer.scenario_end", "POST"): design(f"{SCENARIOS}/deferred/end", 303),
    ("designer.scenario_about", "GET"): design(f"{SCENARIOS}/deferred/about"),
    ("designer.scenario_about", "POST"): design(f"{SCENARIOS}/deferred/about", 422),
    ("designer.scenario_text", "GET"): see(f"{SCENARIOS}/deferred/text"),
    ("designer.edit_scenario_text", "POST"): design(f"{SCENARIOS}/deferred/text", 422),
    ("designer.scenario_file", "GET"): design(f"{SCENARIOS}/deferred/file"),
    ("designer.copy_scenario", "POST"): design(f"{SCENARIOS}/deferred/copy", 303, copy="later"),
    ("designer.rename_scenario", "POST"): design(f"{SCENARIOS}/deferred/rename", 303, rename="later"),
    ("designer.remove_scenario", "POST"): design(f"{SCENARIOS}/deferred/remove", 303),
}
