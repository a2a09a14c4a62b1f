#include <string>

#include <fmt/format.h>

#include "base/mapped_file.hpp"
#include "cli/command.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/chain/gap_diff.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/gap_changes.hpp"

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
  const std::string format = output_format(call, "table");
  const EnterpriseGraph before = read_snapshot(paths[0]);
  const EnterpriseGraph after = read_snapshot(paths[1]);
  if (nobody_in(before, call, options) || nobody_in(after, call, options)) return Exit::Negative;
  GapOptions old_options = options;
  anchors_in(before, old_options);
  anchors_in(after, options);
  factors_in(call, before, old_options);
  factors_in(call, after, options);
  const GapReport old_report = find_gaps(before, old_options);
  const GapReport new_report = find_gaps(after, options);
  const GapDiff diff = compare_gaps(before, old_report, after, new_report);
  const auto input = [](const std::filesystem::path& path) {
    return std::pair(path.filename().string(), digest(map_file(path).bytes));
  };
  const RunInfo run = run_info(call, after, {input(paths[0]), input(paths[1])});
  emit_changes(call, diff, old_report, new_report, run, format);
  return Exit::Done;
}

}  // namespace

void emit_changes(const Call& call, const GapDiff& diff, const GapReport& before,
                  const GapReport& after, const RunInfo& run, const std::string& format,
                  std::size_t most, const std::vector<Text>& said) {
  const ChangedOnly changed_only = call.has("all") ? ChangedOnly::No : ChangedOnly::Yes;
  Sheet sheet = change_sheet(diff, before, after, call.language, changed_only);
  const std::size_t all = sheet.rows.size();
  if (most > 0 && all > most) {
    sheet.rows.resize(most);
    sheet.notes.insert(sheet.notes.begin(),
                       {fmt::format("changes: {} of {}", most, all),
                        fmt::format("变化 {} 个，列出 {} 个", all, most)});
  }
  sheet.notes.insert(sheet.notes.begin(), said.begin(), said.end());
  if (format == "json") {
    Sheet totals;
    totals.columns = {{"opened", {}, CellKind::Number},
                      {"closed", {}, CellKind::Number},
                      {"gone", {}, CellKind::Number},
                      {"persistent", {}, CellKind::Number},
                      {"bought_outside_before", {}, CellKind::Money},
                      {"bought_outside_after", {}, CellKind::Money}};
    totals.rows = {{static_cast<double>(diff.opened), static_cast<double>(diff.healed),
                    static_cast<double>(diff.gone), static_cast<double>(diff.persistent),
                    diff.bought_outside_before, diff.bought_outside_after}};
    emit(call, sheets_json("liantu.diff/1", {{"changes", sheet}, {"totals", totals}}, run));
    return;
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
