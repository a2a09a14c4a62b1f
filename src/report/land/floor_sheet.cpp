#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/land/per_mu_sheet.hpp"
#include "report/formats/json_output.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/words/cells.hpp"

namespace liantu {
namespace {

Text name_of(const PerMuFloor& floor) {
  const Text above = quantity_text(floor.numerator);
  const Text below = quantity_text(floor.denominator);
  const std::string least = short_number(floor.at_least, 4);
  return {fmt::format("{} by {} ≥ {} {}", above.en, below.en, least, floor.unit),
          fmt::format("{}与{}之比 ≥ {}{}", above.zh, below.zh, least, floor.unit)};
}

}  // namespace

Sheet floor_sheet(const EnterpriseGraph& graph, std::span<const FirmId> firms,
                  std::span<const PerMuFloor> floors,
                  const std::vector<std::vector<FloorCheck>>& checks, Language language) {
  Sheet sheet;
  sheet.title = {"Prospects by per-mu floors", "招商对象亩均门槛筛查"};
  sheet.columns.push_back({"firm", {"firm", "企业"}, CellKind::Text, true});
  sheet.columns.push_back({"result", {"result", "结论"}, CellKind::Text});
  for (std::size_t i = 0; i < floors.size(); ++i) {
    const Text name = name_of(floors[i]);
    sheet.columns.push_back({fmt::format("ratio_{}", i + 1), name, CellKind::Number});
    sheet.columns.push_back({fmt::format("held_{}", i + 1), {"held?", "是否达标"}, CellKind::Text});
  }
  std::array<std::size_t, 3> counts{};
  for (std::size_t f = 0; f < firms.size(); ++f) {
    FloorHeld result = FloorHeld::Held;
    for (const FloorCheck& check : checks[f]) {
      if (check.held == FloorHeld::Missed) result = FloorHeld::Missed;
      if (check.held == FloorHeld::Unknown && result == FloorHeld::Held)
        result = FloorHeld::Unknown;
    }
    ++counts[static_cast<std::size_t>(result)];
    auto& row = sheet.rows.emplace_back();
    row.push_back(words(std::string(graph.name(graph.entity(firms[f])))));
    row.push_back(words(floor_text(result).in(language)));
    for (const FloorCheck& check : checks[f]) {
      row.push_back(amount(check.ratio));
      row.push_back(words(floor_text(check.held).in(language)));
    }
  }
  sheet.notes.push_back(
      {fmt::format("held {}, missed {}, not known {}; of each firm's figures where it stands now",
                   counts[0], counts[1], counts[2]),
       fmt::format("达标 {} 家，未达标 {} 家，未知 {} 家；均按企业现址的数据", counts[0], counts[1],
                   counts[2])});
  for (const PerMuFloor& floor : floors) {
    const Text name = name_of(floor);
    sheet.notes.push_back({name.en + ": " + floor.reason.en, name.zh + "：" + floor.reason.zh});
  }
  return sheet;
}

std::string floor_json(const EnterpriseGraph& graph, std::span<const FirmId> firms,
                       std::span<const PerMuFloor> floors,
                       const std::vector<std::vector<FloorCheck>>& checks, const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.permu_floors/1", run);
  out.key("floors");
  out.open_array();
  for (const PerMuFloor& floor : floors) {
    out.open_object();
    out.member("numerator", quantity_word(floor.numerator));
    out.member("denominator", quantity_word(floor.denominator));
    out.member_or_null("unit", floor.unit);
    out.member_number("at_least", floor.at_least);
    out.member("reason", floor.reason);
    out.close_object();
  }
  out.close_array();
  out.key("firms");
  out.open_array();
  for (std::size_t f = 0; f < firms.size(); ++f) {
    out.open_object();
    out.member("firm", graph.name(graph.entity(firms[f])));
    out.member_or_null("credit_code", graph.text(graph.entity(firms[f]), EntityText::Code));
    out.key("floors");
    out.open_array();
    for (const FloorCheck& check : checks[f]) {
      out.open_object();
      out.member("held", floor_word(check.held));
      out.member_number("ratio", check.ratio);
      out.member_or_null("basis", check.ratio ? basis_word(check.basis) : "");
      out.close_object();
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu
