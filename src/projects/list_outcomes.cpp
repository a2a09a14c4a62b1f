#include "liantu/projects/list_outcomes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

enum class Outcome : std::uint8_t { Open, Signed, Lost };

struct Judged {
  const ListedFirm* firm = nullptr;
  Outcome outcome = Outcome::Open;
};

// Where the columns of a list stand in a table.
struct ListColumns {
  std::optional<std::size_t> name;
  std::optional<std::size_t> code;
  std::optional<std::size_t> rank;
  std::optional<std::size_t> grade;
  std::optional<std::size_t> score;
  std::array<std::optional<std::size_t>, kPartCount> parts;
  std::size_t part_count = 0;

  explicit ListColumns(const LedgerTable& table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string_view heading = trim(table.columns[c]);
      const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, heading) != words.end();
      };
      if (is({"企业", "企业名称", "firm", "name"})) name = c;
      if (is({"统一社会信用代码", "unified social credit code", "credit_code"})) code = c;
      if (is({"名次", "rank"})) rank = c;
      if (is({"等级", "grade"})) grade = c;
      if (is({"得分", "得分（0–100）", "score", "score, 0–100"})) score = c;
      for (std::size_t p = 0; p < kPartCount; ++p) {
        const ScorePartKind part{static_cast<std::uint8_t>(p)};
        const Text text = part_text(part);
        if (heading != text.zh + "（分）" && heading != text.en + ", points" &&
            heading != "points_" + std::string(part_word(part))) {
          continue;
        }
        parts[p] = c;
        ++part_count;
      }
    }
  }
  [[nodiscard]] bool whole() const { return name && rank && score; }
};

// `3` of `3 (1–7)`.
std::size_t leading_number(std::string_view text) {
  text = trim(text);
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void fill_interval(OutcomeBand& band) {
  const auto n = static_cast<double>(band.signed_count + band.lost);
  if (n == 0) return;
  constexpr double kZ = 1.959963984540054;
  const double p = static_cast<double>(band.signed_count) / n;
  const double z2 = kZ * kZ;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  band.share = p;
  band.share_low = std::max(0.0, middle - half);
  band.share_high = std::min(1.0, middle + half);
}

OutcomeBand band_of(Text name, const std::vector<Judged>& rows,
                    const std::function<bool(const ListedFirm&)>& in) {
  OutcomeBand band;
  band.name = std::move(name);
  for (const Judged& row : rows) {
    if (!in(*row.firm)) continue;
    ++band.listed;
    if (row.outcome == Outcome::Signed) ++band.signed_count;
    if (row.outcome == Outcome::Lost) ++band.lost;
  }
  fill_interval(band);
  return band;
}

// In what share of the pairs the signed one has more; ties count half.
template <typename Value>
PartOutcome compare(const std::vector<Judged>& rows, const Value& value) {
  std::vector<double> won;
  std::vector<double> lost;
  for (const Judged& row : rows) {
    const std::optional<double> points = value(*row.firm);
    if (!points || row.outcome == Outcome::Open) continue;
    (row.outcome == Outcome::Signed ? won : lost).push_back(*points);
  }
  PartOutcome found;
  found.pairs = won.size() * lost.size();
  if (found.pairs == 0) return found;
  double right = 0;
  for (const double a : won) {
    found.mean_signed += a / static_cast<double>(won.size());
    for (const double b : lost) right += a > b ? 1 : a == b ? 0.5 : 0;
  }
  for (const double b : lost) found.mean_lost += b / static_cast<double>(lost.size());
  found.right = right / static_cast<double>(found.pairs);
  return found;
}

/// What became of firms, by credit code and by name.
class Outcomes {
 public:
  Outcomes(const LedgerBook& book, Date from) {
    for (const Subject& subject : book.subjects) {
      if (subject.kind == SubjectKind::Team) continue;
      const Outcome outcome = of(subject, from);
      const bool project = subject.kind == SubjectKind::Project;
      std::string_view code = subject.code;
      if (code.empty()) code = words_at(subject, FactKey::CreditCode);
      if (!code.empty()) note("#" + std::string(code), outcome);
      const std::string& name = project ? subject.firm : subject.name;
      if (!name.empty()) note(normalize_firm_name(name).full, outcome);
    }
  }

  [[nodiscard]] std::optional<Outcome> find(const ListedFirm& firm) const {
    for (const std::string& key : {firm.code.empty() ? std::string() : "#" + firm.code,
                                   normalize_firm_name(firm.name).full}) {
      const auto found = by_key_.find(key);
      if (!key.empty() && found != by_key_.end()) return found->second;
    }
    return std::nullopt;
  }

 private:
  static Outcome of(const Subject& subject, Date from) {
    Outcome outcome = Outcome::Open;
    for (const StageChange& one : subject.stages) {
      if (one.day < from) continue;
      if (one.stage == LedgerStage::ContactSigned || one.stage == LedgerStage::Signed)
        return Outcome::Signed;
      if (ends(one.stage)) outcome = Outcome::Lost;
    }
    const StageChange* now = stage_at(subject);
    // Who was lost and is called on again is open.
    if (outcome == Outcome::Lost && now != nullptr && !ends(now->stage)) return Outcome::Open;
    return outcome;
  }

  void note(const std::string& key, Outcome outcome) {
    const auto [entry, fresh] = by_key_.try_emplace(key, outcome);
    if (fresh) return;
    if (outcome == Outcome::Signed || entry->second == Outcome::Open) entry->second = outcome;
  }

  std::map<std::string, Outcome> by_key_;
};

}  // namespace

std::vector<ListedFirm> read_listed_firms(const std::vector<LedgerTable>& tables) {
  std::vector<ListedFirm> best;
  std::size_t parts = 0;
  for (const LedgerTable& table : tables) {
    const ListColumns at(table);
    if (!at.whole() || (!best.empty() && at.part_count <= parts)) continue;
    std::vector<ListedFirm> rows;
    for (const LedgerTable::Row& row : table.rows) {
      const auto cell = [&](std::optional<std::size_t> column) {
        return column ? trim(row.cells[*column]) : std::string_view();
      };
      ListedFirm firm;
      firm.rank = leading_number(cell(at.rank));
      firm.name = cell(at.name);
      firm.code = cell(at.code);
      const auto score = parse_number(cell(at.score));
      // Who was screened out has no rank.
      if (firm.rank == 0 || firm.name.empty() || !score) continue;
      firm.score = *score;
      if (const std::string_view grade = cell(at.grade); grade.size() == 1)
        firm.grade = grade.front();
      for (std::size_t p = 0; p < kPartCount; ++p) firm.parts[p] = parse_number(cell(at.parts[p]));
      rows.push_back(std::move(firm));
    }
    if (rows.empty()) continue;
    best = std::move(rows);
    parts = at.part_count;
  }
  return best;
}

ListOutcomes judge_list(const std::vector<ListedFirm>& list, const LedgerBook& book,
                        const ListOutcomeOptions& options) {
  if (!is_day(options.from)) {
    throw Error(
        ErrorCode::InvalidArgument,
        {"the day of the list is not given; give year, month and day", "缺少清单日期；请写年月日"});
  }
  const Outcomes outcomes(book, options.from);
  ListOutcomes result;
  std::vector<Judged> rows;
  for (const ListedFirm& firm : list) {
    const auto outcome = outcomes.find(firm);
    if (outcome) ++result.found;
    rows.push_back({&firm, outcome.value_or(Outcome::Open)});
    if (rows.back().outcome != Outcome::Open) ++result.outcomes;
  }
  result.listed = rows.size();
  result.concluded = result.outcomes >= options.least;
  if (!result.concluded) return result;
  result.all = band_of({"all", "全部"}, rows, [](const ListedFirm&) { return true; });
  constexpr std::pair<std::size_t, std::size_t> kBands[] = {
      {1, 10}, {11, 20}, {21, 50}, {51, 100}, {101, SIZE_MAX}};
  for (const auto& [first, last] : kBands) {
    const bool open = last == SIZE_MAX;
    const Text name{
        open ? fmt::format("ranks {} and on", first) : fmt::format("ranks {}–{}", first, last),
        open ? fmt::format("第 {} 名以后", first) : fmt::format("第 {}–{} 名", first, last)};
    const auto within = [first = first, last = last](const ListedFirm& one) {
      return one.rank >= first && one.rank <= last;
    };
    const OutcomeBand band = band_of(name, rows, within);
    if (band.listed > 0) result.by_rank.push_back(band);
  }
  for (const char grade : {'A', 'B', 'C'}) {
    const OutcomeBand band =
        band_of({fmt::format("grade {}", grade), fmt::format("{} 级", grade)}, rows,
                [&](const ListedFirm& one) { return one.grade == grade; });
    if (band.listed > 0) result.by_grade.push_back(band);
  }
  for (std::size_t p = 0; p < kPartCount; ++p) {
    PartOutcome part = compare(rows, [&](const ListedFirm& one) { return one.parts[p]; });
    part.part = ScorePartKind{static_cast<std::uint8_t>(p)};
    if (part.pairs > 0) result.by_part.push_back(part);
  }
  std::ranges::stable_sort(result.by_part, std::greater<>(), &PartOutcome::right);
  result.score_right =
      compare(rows, [](const ListedFirm& one) { return std::optional(one.score); }).right;
  std::vector<double> scores;
  std::vector<std::uint8_t> labels;
  for (const Judged& row : rows) {
    if (row.outcome == Outcome::Open) continue;
    scores.push_back(row.firm->score);
    labels.push_back(row.outcome == Outcome::Signed ? 1 : 0);
  }
  result.calibration = calibrate(scores, labels);
  return result;
}

}  // namespace liantu
