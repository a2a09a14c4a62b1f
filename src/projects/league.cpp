#include "liantu/projects/league.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace liantu {
namespace {

// Hundredths; what rounding left just below half a hundredth counts as half of one.
double cents(double points) { return std::round(points * 100 + (points < 0 ? -1e-7 : 1e-7)) / 100; }

Date day_before(Date day) { return add_days(day, -1); }

/// Reckons one quarter, without the one before it.
class Reckoning {
 public:
  Reckoning(const LedgerBook& book, Quarter quarter, const Rubric& rubric)
      : book_(book), rubric_(rubric), first_(quarter.first()), last_(quarter.last()) {
    sort_by_team();
  }

  std::vector<LeagueTeam> teams() {
    std::vector<LeagueTeam> teams;
    for (const auto& [name, subjects] : teams_) {
      LeagueTeam team;
      team.name = name;
      team.items.resize(rubric_.items.size());
      // What exceeds a target rests on an item that may stand behind it.
      for (const bool above : {false, true}) {
        for (std::size_t i = 0; i < rubric_.items.size(); ++i) {
          if ((rubric_.items[i].measure == RubricMeasure::AboveTarget) != above) continue;
          team.items[i] = reckon(rubric_.items[i], team, subjects);
        }
      }
      for (const LeaguePoints& one : team.items) team.score += one.points;
      team.score = cents(team.score);
      teams.push_back(std::move(team));
    }
    std::ranges::stable_sort(teams, {},
                             [](const LeagueTeam& one) { return std::pair(-one.score, one.name); });
    for (std::size_t i = 0; i < teams.size(); ++i) {
      const bool tie = i > 0 && teams[i].score == teams[i - 1].score;
      teams[i].rank = tie ? teams[i - 1].rank : static_cast<std::uint32_t>(i + 1);
    }
    return teams;
  }

  LeagueTotals totals() const {
    LeagueTotals totals;
    for (const Subject& one : book_.subjects) {
      if (one.kind == SubjectKind::Team) continue;
      for (std::size_t s = 0; s < kLedgerStages; ++s) {
        const StageChange* change = reached(one, static_cast<LedgerStage>(s), last_);
        if (change != nullptr && change->day >= first_) ++totals.reached[s];
      }
      if (one.kind != SubjectKind::Project) continue;
      totals.funds += funds(one);
      if (signed_now(one) == nullptr) continue;
      ++totals.projects;
      const auto investment = number_at(one, FactKey::Investment, last_);
      if (!investment) ++totals.without_investment;
      totals.investment += investment.value_or(0);
      totals.output += number_at(one, FactKey::OutputPlanned, last_).value_or(0);
      totals.tax += number_at(one, FactKey::TaxPlanned, last_).value_or(0);
      totals.jobs += number_at(one, FactKey::JobsPlanned, last_).value_or(0);
      if (words_at(one, FactKey::Team, last_).empty()) ++totals.without_team;
    }
    return totals;
  }

 private:
  void sort_by_team() {
    for (std::size_t i = 0; i < book_.subjects.size(); ++i) {
      const Subject& one = book_.subjects[i];
      if (one.kind == SubjectKind::Team) {
        teams_[one.key].push_back(i);
        continue;
      }
      const std::string_view team = words_at(one, FactKey::Team, last_);
      if (team.empty() || stage_at(one, last_) == nullptr) continue;
      auto& subjects = teams_[std::string(team)];
      if (one.kind == SubjectKind::Project) subjects.push_back(i);
    }
  }

  [[nodiscard]] const StageChange* signed_now(const Subject& subject) const {
    const StageChange* change = reached(subject, LedgerStage::Signed, last_);
    return change != nullptr && change->day >= first_ ? change : nullptr;
  }

  // CNY that came in during the quarter: what is in place is told in sum.
  [[nodiscard]] double funds(const Subject& subject) const {
    return number_at(subject, FactKey::FundsInPlace, last_).value_or(0) -
           number_at(subject, FactKey::FundsInPlace, day_before(first_)).value_or(0);
  }

  enum class Passes : std::uint8_t { Yes, No, Undecided };

  [[nodiscard]] Passes passes(const Subject& subject, const ProjectFilter& filter,
                              std::vector<LeagueRow>& rows, std::size_t at) const {
    std::vector<LeagueRow> used;
    bool undecided = false;
    if (filter.least_investment > 0 || filter.below_investment) {
      const Fact* fact = fact_at(subject, FactKey::Investment, last_);
      if (fact == nullptr) {
        undecided = true;
      } else {
        const double yuan = fact->value.number;
        if (yuan < filter.least_investment) return Passes::No;
        if (filter.below_investment && yuan >= *filter.below_investment) return Passes::No;
        used.push_back({fact->row, at});
      }
    }
    const std::pair<const std::optional<bool>&, FactKey> kFlags[] = {
        {filter.outside, FactKey::Outside},
        {filter.on_chain, FactKey::OnChain},
        {filter.fortune500, FactKey::Fortune500}};
    for (const auto& [wanted, key] : kFlags) {
      if (!wanted) continue;
      const Fact* fact = fact_at(subject, key, last_);
      if (fact == nullptr) {
        // Nobody calls a firm one of the 500 without saying so.
        if (key == FactKey::Fortune500) return *wanted ? Passes::No : Passes::Yes;
        undecided = true;
        continue;
      }
      if ((fact->value.number > 0) != *wanted) return Passes::No;
      used.push_back({fact->row, at});
    }
    if (undecided) return Passes::Undecided;
    rows.insert(rows.end(), used.begin(), used.end());
    return Passes::Yes;
  }

  [[nodiscard]] std::optional<double> target_of(const RubricItem& item,
                                                const std::string& team) const {
    if (const auto own = rubric_.targets.find(team); own != rubric_.targets.end()) {
      if (const auto found = own->second.find(item.word); found != own->second.end())
        return found->second;
    }
    return item.target;
  }

  LeaguePoints reckon(const RubricItem& item, const LeagueTeam& team,
                      const std::vector<std::size_t>& subjects) const {
    LeaguePoints found;
    found.target = target_of(item, team.name);
    if (item.measure == RubricMeasure::AboveTarget) {
      above_target(item, team, found);
    } else {
      for (const std::size_t at : subjects) count(item, at, found);
    }
    if (item.measure == RubricMeasure::OnChainShare) share_on_chain(subjects, found);
    if (item.measure == RubricMeasure::Rating) found.known = !found.rows.empty();
    double points = item.points * found.actual;
    if (item.kind == ItemKind::Scored) {
      if (found.target) points /= *found.target;
      if (item.measure == RubricMeasure::Rating) points /= 100;
      points = std::min(points, item.most.value_or(item.points));
    } else if (item.most) {
      points = std::min(points, *item.most);
    }
    found.points = cents(item.kind == ItemKind::Penalty ? -points : points);
    std::ranges::sort(found.rows, {}, &LeagueRow::row);
    found.rows.erase(std::unique(found.rows.begin(), found.rows.end()), found.rows.end());
    return found;
  }

  void above_target(const RubricItem& item, const LeagueTeam& team, LeaguePoints& found) const {
    const auto of = std::ranges::find(rubric_.items, item.of, &RubricItem::word);
    const LeaguePoints& base = team.items[static_cast<std::size_t>(of - rubric_.items.begin())];
    found.target = base.target;
    found.actual = std::max(0.0, std::floor(base.actual - base.target.value_or(0) + 1e-9));
    if (found.actual > 0) found.rows = base.rows;
  }

  void count(const RubricItem& item, std::size_t at, LeaguePoints& found) const {
    const Subject& subject = book_.subjects[at];
    const bool project = subject.kind == SubjectKind::Project;
    switch (item.measure) {
      case RubricMeasure::SignedProjects: {
        const StageChange* change = project ? signed_now(subject) : nullptr;
        if (change == nullptr) return;
        const Passes passed = passes(subject, item.filter, found.rows, at);
        if (passed == Passes::Undecided) ++found.undecided;
        if (passed != Passes::Yes) return;
        found.actual += 1;
        found.rows.push_back({change->row, at});
        return;
      }
      case RubricMeasure::FundsInPlace: {
        const Fact* fact = project ? fact_at(subject, FactKey::FundsInPlace, last_) : nullptr;
        if (fact == nullptr || fact->day < first_) return;
        found.actual += funds(subject);
        found.rows.push_back({fact->row, at});
        return;
      }
      case RubricMeasure::Rating: {
        const Fact* fact = fact_at(subject, item.fact, last_);
        if (fact == nullptr || fact->day < first_) return;
        found.actual = fact->value.number;
        found.rows.push_back({fact->row, at});
        return;
      }
      case RubricMeasure::Events:
        for (const Fact& fact : subject.facts) {
          if (fact.key != item.fact || fact.day < first_ || fact.day > last_) continue;
          found.actual += fact.value.number;
          found.rows.push_back({fact.row, at});
        }
        return;
      case RubricMeasure::OverdueUnstarted:
        if (project) count_unstarted(subject, at, found);
        return;
      case RubricMeasure::OnChainShare:
      case RubricMeasure::AboveTarget:
        return;
    }
  }

  void count_unstarted(const Subject& subject, std::size_t at, LeaguePoints& found) const {
    const StageChange* now = stage_at(subject, last_);
    if (now == nullptr || now->stage != LedgerStage::Signed) return;
    const Fact* plan = fact_at(subject, FactKey::PlannedStarted, last_);
    if (plan == nullptr || !(last_day(plan->value.day) < last_)) return;
    found.actual += 1;
    found.rows.push_back({plan->row, at});
  }

  void share_on_chain(const std::vector<std::size_t>& subjects, LeaguePoints& found) const {
    double all = 0;
    double on_chain = 0;
    for (const std::size_t at : subjects) {
      const Subject& subject = book_.subjects[at];
      const StageChange* change =
          subject.kind == SubjectKind::Project ? signed_now(subject) : nullptr;
      if (change == nullptr) continue;
      all += 1;
      found.rows.push_back({change->row, at});
      const Fact* fact = fact_at(subject, FactKey::OnChain, last_);
      if (fact == nullptr) {
        ++found.undecided;
        continue;
      }
      found.rows.push_back({fact->row, at});
      if (fact->value.number > 0) on_chain += 1;
    }
    found.known = all > 0;
    found.actual = all > 0 ? on_chain / all : 0;
  }

  const LedgerBook& book_;
  const Rubric& rubric_;
  Date first_;
  Date last_;
  std::map<std::string, std::vector<std::size_t>> teams_;  // their projects, and the team itself
};

void fill_boards(League& league) {
  for (LeagueTeam& team : league.teams) {
    if (team.rank <= league.rubric.red && team.score > 0) team.board = LeagueBoard::Red;
  }
  std::size_t black = 0;
  for (auto team = league.teams.rbegin(); team != league.teams.rend(); ++team) {
    if (black == league.rubric.black || team->board == LeagueBoard::Red) break;
    if (!(team->score < league.rubric.black_below)) break;
    team->board = LeagueBoard::Black;
    ++black;
  }
}

}  // namespace

League reckon_league(const LedgerBook& book, Quarter quarter, const Rubric& rubric) {
  League league;
  league.quarter = quarter;
  league.rubric = rubric;
  Reckoning now(book, quarter, rubric);
  league.teams = now.teams();
  league.totals = now.totals();
  Reckoning then(book, quarter.before(), rubric);
  league.before = then.totals();
  const std::vector<LeagueTeam> before = then.teams();
  for (LeagueTeam& team : league.teams) {
    const auto found = std::ranges::find(before, team.name, &LeagueTeam::name);
    if (found == before.end()) continue;
    const bool anything = std::ranges::any_of(
        found->items, [](const LeaguePoints& one) { return !one.rows.empty(); });
    // Before it began to work a team had no score.
    if (!anything) continue;
    team.score_before = found->score;
    team.rank_before = found->rank;
  }
  fill_boards(league);
  return league;
}

}  // namespace liantu
