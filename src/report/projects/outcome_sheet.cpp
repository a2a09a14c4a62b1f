#include "liantu/report/projects/outcome_sheet.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/words/cells.hpp"

namespace liantu {
namespace {

double rounded(double share) { return std::round(share * 1e4) / 1e4; }

Sheet band_sheet(const ListOutcomes& outcomes, Language language) {
  Sheet sheet;
  sheet.title = {"How the list turned out", "清单应验情况"};
  sheet.columns = {
      {"band", {"rows", "范围"}, CellKind::Text, true},
      {"listed", {"listed", "列出"}, CellKind::Number},
      {"signed", {"signed", "签约"}, CellKind::Number, true},
      {"lost", {"lost", "流失"}, CellKind::Number, true},
      {"share", {"signed of those decided", "签约率（已有结果）"}, CellKind::Share, true},
      {"share_low", {"95 % from", "95% 下限"}, CellKind::Share},
      {"share_high", {"to", "上限"}, CellKind::Share}};
  const auto add = [&](const OutcomeBand& band) {
    const bool decided = band.signed_count + band.lost > 0;
    const auto share = [&](double value) {
      return decided ? SheetCell(rounded(value)) : SheetCell();
    };
    sheet.rows.push_back({words(band.name.in(language)), count(band.listed),
                          count(band.signed_count), count(band.lost), share(band.share),
                          share(band.share_low), share(band.share_high)});
  };
  if (outcomes.concluded) add(outcomes.all);
  for (const OutcomeBand& band : outcomes.by_rank) add(band);
  for (const OutcomeBand& band : outcomes.by_grade) add(band);
  sheet.summary.push_back(
      {fmt::format("{} firms listed, {} of them in the ledger, {} signed or lost since",
                   outcomes.listed, outcomes.found, outcomes.outcomes),
       fmt::format("清单 {} 家，其中台账有记录 {} 家，此后已签约或流失 {} 家", outcomes.listed,
                   outcomes.found, outcomes.outcomes)});
  if (!outcomes.concluded) {
    sheet.notes.push_back({"too few outcomes to conclude anything: at least 30 are needed",
                           "已有结果太少，不作结论：至少需要 30 个"});
    return sheet;
  }
  sheet.notes.push_back(
      {fmt::format("of a signed and a lost firm the signed one had the higher score in {:.0f} % of "
                   "the pairs; 50 % is chance",
                   100 * outcomes.score_right),
       fmt::format("任取一家签约、一家流失，签约者得分更高的占 {:.0f}%（50% 为随机）",
                   100 * outcomes.score_right)});
  sheet.notes.push_back(
      {"who was called on, and how well, is not told apart from the list's worth: "
       "higher ranks may have been called on harder",
       "名次靠前者可能被联系得更多，签约率含此影响，不全是清单之功"});
  return sheet;
}

Sheet part_sheet(const ListOutcomes& outcomes, Language language) {
  Sheet sheet;
  sheet.title = {"What the parts told", "各项得分的区分力"};
  sheet.columns = {{"part", {"part", "评分项"}, CellKind::Text, true},
                   {"right", {"signed one has more", "签约者更高的占比"}, CellKind::Share, true},
                   {"mean_signed", {"mean of the signed", "签约者均分"}, CellKind::Number},
                   {"mean_lost", {"mean of the lost", "流失者均分"}, CellKind::Number},
                   {"pairs", {"pairs", "对数"}, CellKind::Number}};
  for (const PartOutcome& part : outcomes.by_part) {
    sheet.rows.push_back({words(part_text(part.part).in(language)), rounded(part.right),
                          std::round(part.mean_signed * 100) / 100,
                          std::round(part.mean_lost * 100) / 100, count(part.pairs)});
  }
  return sheet;
}

Sheet calibration_sheet(const ListOutcomes& outcomes) {
  Sheet sheet;
  sheet.title = {"What a score was worth", "得分与签约率"};
  sheet.columns = {{"score", {"score", "得分"}, CellKind::Number, true},
                   {"share", {"signed", "签约率"}, CellKind::Share, true}};
  const Calibration& line = outcomes.calibration;
  for (std::size_t i = 0; i < line.margins.size(); ++i) {
    sheet.rows.push_back({std::round(line.margins[i] * 100) / 100, rounded(line.probabilities[i])});
  }
  return sheet;
}

}  // namespace

std::vector<std::pair<std::string, Sheet>> outcome_sheets(const ListOutcomes& outcomes,
                                                          const SheetOptions& options) {
  std::vector<std::pair<std::string, Sheet>> sheets;
  sheets.emplace_back("bands", band_sheet(outcomes, options.language));
  sheets.emplace_back("parts", part_sheet(outcomes, options.language));
  sheets.emplace_back("calibration", calibration_sheet(outcomes));
  if (!outcomes.concluded) sheets.resize(1);
  return sheets;
}

}  // namespace liantu
