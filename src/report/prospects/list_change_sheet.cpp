#include "liantu/report/prospects/list_change_sheet.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

struct Row {
  const ListChange* change = nullptr;
  const WrittenRow* before = nullptr;
  const WrittenRow* after = nullptr;

  [[nodiscard]] const WrittenRow& any() const { return after != nullptr ? *after : *before; }
};

SheetCell rank_cell(const WrittenRow* row) {
  return row == nullptr || row->rank == 0 ? SheetCell() : count(row->rank);
}

SheetCell score_cell(const WrittenRow* row) {
  return row == nullptr ? SheetCell() : amount(row->score);
}

std::string rank_words(const WrittenRow* row) {
  return row == nullptr || row->rank == 0 ? "-" : std::to_string(row->rank);
}

std::vector<Column<Row>> columns(Language language) {
  using Col = Column<Row>;
  const bool zh = language == Language::Zh;
  return {Col("fate", {"what became of it", "变化"}, CellKind::Text, kSheets,
              [language](const Row& row) {
                return words(list_fate_text(row.change->fate).in(language));
              }),
          Col(
              "fate",
              [](const Row& row) { return words(std::string(list_fate_word(row.change->fate))); },
              CellKind::Text),
          Col("name", {"firm", "企业"}, CellKind::Text, kSheets | kJson | kLead,
              [](const Row& row) { return words(valid_utf8(row.any().name)); }),
          Col("credit_code", {"unified social credit code", "统一社会信用代码"}, CellKind::Code,
              kFull | kJson, [](const Row& row) { return words(valid_utf8(row.any().code)); }),
          Col("rank", {"rank", "名次"}, CellKind::Text, kBrief,
              [](const Row& row) {
                return words(rank_words(row.before) + " → " + rank_words(row.after));
              }),
          Col("rank_before", {"rank before", "原名次"}, CellKind::Number, kFull | kJson,
              [](const Row& row) { return rank_cell(row.before); }),
          Col("rank_after", {"rank now", "现名次"}, CellKind::Number, kFull | kJson,
              [](const Row& row) { return rank_cell(row.after); }),
          Col("score_before", {"score before", "原得分"}, CellKind::Number, kSheets | kJson,
              [](const Row& row) { return score_cell(row.before); }),
          Col("score_after", {"score now", "现得分"}, CellKind::Number, kSheets | kJson,
              [](const Row& row) { return score_cell(row.after); }),
          Col("why", {"why", "原因"}, CellKind::Text, kSheets | kBelow,
              [language, zh](const Row& row) {
                std::string all;
                for (const Text& one : row.change->why) {
                  if (!all.empty()) all += zh ? "；" : "; ";
                  all += one.in(language);
                }
                return words(valid_utf8(all));
              }),
          Col("why", [](auto& out, auto key, const Row& row) {
            out.key(key);
            out.open_array();
            for (const Text& one : row.change->why) out.said(one);
            out.close_array();
          })};
}

}  // namespace

Sheet list_change_sheet(const ListChanges& changes, const WrittenList& before,
                        const WrittenList& after, const SheetOptions& options,
                        MovedOnly moved_only) {
  std::vector<Row> rows;
  std::size_t wanted = 0;
  for (const ListChange& change : changes.changes) {
    const bool still = change.fate == ListFate::Same && change.why.empty();
    if (moved_only == MovedOnly::Yes && still) continue;
    if (++wanted > options.most && options.most > 0) continue;
    rows.push_back({&change, change.before ? &before.rows[*change.before] : nullptr,
                    change.after ? &after.rows[*change.after] : nullptr});
  }
  Sheet sheet =
      sheet_of(columns(options.language), options.brief ? kBrief : kFull, rows, options.stop);
  sheet.title = {"What became of the list", "清单变化"};
  sheet.summary = {
      {fmt::format("entered: {}; left: {}; rose: {}; fell: {}; the same rank: {}", changes.entered,
                   changes.left, changes.rose, changes.fell, changes.same),
       fmt::format("新进 {} 家；移出 {} 家；上升 {} 家；下降 {} 家；名次不变 {} 家",
                   changes.entered, changes.left, changes.rose, changes.fell, changes.same)}};
  for (const Text& input : changes.inputs) {
    sheet.summary.push_back({valid_utf8(input.en), valid_utf8(input.zh)});
  }
  if (rows.size() < wanted) {
    sheet.notes.push_back(shown_of({"changes", "变化"}, rows.size(), wanted, "家"));
  }
  return sheet;
}

std::string list_changes_json(const ListChanges& changes, const WrittenList& before,
                              const WrittenList& after, const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.list_diff/1", run);
  out.member_count("entered", changes.entered);
  out.member_count("left", changes.left);
  out.member_count("rose", changes.rose);
  out.member_count("fell", changes.fell);
  out.member_count("same", changes.same);
  out.key("input_changes");
  out.open_array();
  for (const Text& one : changes.inputs) out.said(one);
  out.close_array();
  out.key("changes");
  out.open_array();
  const auto row = columns(Language::En);
  for (const ListChange& change : changes.changes) {
    write_object(out, row,
                 Row{&change, change.before ? &before.rows[*change.before] : nullptr,
                     change.after ? &after.rows[*change.after] : nullptr});
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu
