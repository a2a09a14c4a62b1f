#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/gaps/gap_changes.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  options.add_options()(
      "all", pick(language, "gaps that stayed the same too", "未变化的缺口也列出").c_str());
  declare_output(options, language);
}

Exit run(const Call& call) {
  const auto paths = inputs(call, 2, 2);
  GapOptions options = gap_options(call);
  const std::string format = output_format(call);
  const EnterpriseGraph before = read_snapshot(paths[0], Verify::Full, call.stop);
  const EnterpriseGraph after = read_snapshot(paths[1], Verify::Full, call.stop);
  if (nobody_in(before, call, options) || nobody_in(after, call, options)) return Exit::Negative;
  GapOptions old_options = options;
  anchors_in(before, old_options);
  anchors_in(after, options);
  factors_in(call, before, old_options);
  factors_in(call, after, options);
  const GapReport old_report = find_gaps(before, old_options);
  const GapReport new_report = find_gaps(after, options);
  const GapDiff diff = compare_gaps(before, old_report, after, new_report);
  const RunInfo run = run_info(call, after,
                               {{path_text(paths[0].filename()), snapshot_digest(before)},
                                {path_text(paths[1].filename()), snapshot_digest(after)}});
  const Sheet sheet =
      change_sheet(diff, old_report, new_report, change_options(call, format), changed_only(call));
  emit_changes(call, sheet, diff, {}, run, format);
  return Exit::Done;
}

}  // namespace

SheetOptions change_options(const Call& call, const std::string& format) {
  SheetOptions options;
  options.language = call.language;
  options.brief = format == "table";
  return options;
}

ChangedOnly changed_only(const Call& call) {
  return call.has("all") ? ChangedOnly::No : ChangedOnly::Yes;
}

void emit_changes(const Call& call, Sheet sheet, const GapDiff& diff,
                  std::vector<std::pair<std::string, Sheet>> more, const RunInfo& run,
                  const std::string& format) {
  if (format == "json") {
    std::vector<std::pair<std::string, Sheet>> sheets = {{"changes", std::move(sheet)},
                                                         {"totals", change_total_sheet(diff)}};
    std::ranges::move(more, std::back_inserter(sheets));
    emit(call, sheets_json("liantu.diff/1", sheets, run));
    return;
  }
  if (sheet.rows.empty()) {
    sheet.notes.insert(sheet.notes.begin(), {"nothing to list", "没有可列出的变化"});
  }
  sheet.notes.push_back(run_text(run));
  emit(call, render(call, sheet, format));
}

const Verb& diff_verb() {
  static const Verb verb = {
      "diff",
      {"OLD.liantu NEW.liantu", "旧.liantu 新.liantu"},
      {"how the gaps of a district changed between two graphs", "两份图之间本地缺口的变化"},
      "liantu diff dadukou.liantu dadukou.liantu --region 500104",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
