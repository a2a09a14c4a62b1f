#include "liantu/projects/league.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <tuple>

#include <gtest/gtest.h>

#include "projects/ledger_append.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

LedgerBook book_of(std::vector<LedgerLine> lines) {
  LedgerBook book;
  const AppendPlan plan = LedgerAppender({}, entry_on({2026, 12, 31})).plan(std::move(lines));
  EXPECT_TRUE(plan.result.problems.empty());
  book.subjects = plan.subjects;
  std::int64_t row = 0;
  for (Subject& subject : book.subjects) {
    for (StageChange& one : subject.stages) one.row = LedgerRow{++row};
    for (Fact& one : subject.facts) one.row = LedgerRow{++row};
  }
  return book;
}

const Date kSigned{2025, 2, 8};
const Quarter kFirst{2025, 1};

const LeagueTeam& team_of(const League& league, std::string_view name) {
  for (const LeagueTeam& one : league.teams) {
    if (one.name == name) return one;
  }
  throw std::out_of_range("no such team");
}

double points(const League& league, std::string_view team, std::string_view item) {
  for (std::size_t i = 0; i < league.rubric.items.size(); ++i) {
    if (league.rubric.items[i].word == item) return team_of(league, team).items[i].points;
  }
  throw std::out_of_range("no such item");
}

LedgerLine of_team(LedgerLine line, std::string team) {
  line.facts.push_back(text(FactKey::Team, std::move(team)));
  return line;
}

// Projects of the first quarter of 2025, by the published rubric:
//   projects 2 / 1 × 30 = 60, at most 30; funds 0.8 / 1 × 20 = 16; fit 1 of 2 × 20 = 10;
//   ratings 90 % and 80 % of 15 = 13.5 and 12; visits 4 × 0.5 = 2; promotion 3; leads 3 × 0.5 = 1.5;
//   one project above the target 2; one of 6 bn 8.  Sum 98.
std::vector<LedgerLine> county() {
  return {of_team(project_line("P1", LedgerStage::Signed, kSigned,
                               {number(FactKey::Investment, 1.2e8), number(FactKey::Outside, 1),
                                number(FactKey::OnChain, 1), number(FactKey::OutputPlanned, 2e8),
                                number(FactKey::TaxPlanned, 1e7)}),
                  "甲专班"),
          of_team(project_line("P2", LedgerStage::Signed, kSigned,
                               {number(FactKey::Investment, 6e9), number(FactKey::Outside, 1),
                                number(FactKey::OnChain, 0)}),
                  "甲专班"),
          of_team(project_line("P3", LedgerStage::Signed, {2024, 11, 1},
                               {number(FactKey::Investment, 3e8), number(FactKey::Outside, 1),
                                day(FactKey::PlannedStarted, {2025, 1, 31})}),
                  "乙镇"),
          [] {
            LedgerLine line = project_line("P1", LedgerStage::Signed, kSigned);
            line.stage.reset();
            line.day = {2025, 3, 20};
            line.facts = {number(FactKey::FundsInPlace, 8e7)};
            return line;
          }(),
          [] {
            LedgerLine line = project_line("P3", LedgerStage::Signed, kSigned);
            line.stage.reset();
            line.day = {2025, 3, 21};
            line.facts = {number(FactKey::Falsified, 2)};
            return line;
          }(),
          team_line("甲专班", {2025, 3, 30},
                    {number(FactKey::RatingCarrier, 90), number(FactKey::RatingTeam, 80),
                     number(FactKey::LeaderVisit, 4), number(FactKey::PromotionEvent, 1),
                     number(FactKey::EffectiveLead, 3)})};
}

TEST(League, GivesThePointsOfThePublishedRubric) {
  const LedgerBook book = book_of(county());
  const League league = reckon_league(book, kFirst, default_rubric());
  EXPECT_EQ(points(league, "甲专班", "projects"), 30);
  EXPECT_EQ(points(league, "甲专班", "funds"), 16);
  EXPECT_EQ(points(league, "甲专班", "fit"), 10);
  EXPECT_EQ(points(league, "甲专班", "carrier"), 13.5);
  EXPECT_EQ(points(league, "甲专班", "team"), 12);
  EXPECT_EQ(points(league, "甲专班", "visits"), 2);
  EXPECT_EQ(points(league, "甲专班", "promotion"), 3);
  EXPECT_EQ(points(league, "甲专班", "leads"), 1.5);
  EXPECT_EQ(points(league, "甲专班", "above"), 2);
  EXPECT_EQ(points(league, "甲专班", "billion"), 0);
  EXPECT_EQ(points(league, "甲专班", "five_billion"), 8);
  EXPECT_EQ(points(league, "甲专班", "fortune500"), 0);
  EXPECT_EQ(team_of(league, "甲专班").score, 98);
  EXPECT_EQ(team_of(league, "甲专班").rank, 1U);
  EXPECT_EQ(points(league, "乙镇", "unstarted"), -0.1);
  EXPECT_EQ(points(league, "乙镇", "falsified"), -0.4);
  EXPECT_EQ(team_of(league, "乙镇").score, -0.5);
  EXPECT_EQ(team_of(league, "乙镇").board, LeagueBoard::Black);
  EXPECT_EQ(team_of(league, "甲专班").board, LeagueBoard::Red);
}

TEST(League, EveryPointNamesItsRows) {
  const LedgerBook book = book_of(county());
  const League league = reckon_league(book, kFirst, default_rubric());
  for (const LeagueTeam& team : league.teams) {
    for (const LeaguePoints& one : team.items) {
      EXPECT_TRUE(one.points == 0 || !one.rows.empty()) << team.name;
      for (const LeagueRow& row : one.rows) EXPECT_LT(row.subject, book.subjects.size());
    }
  }
  EXPECT_FALSE(team_of(league, "乙镇").items[3].known);
}

TEST(League, ComparesWithTheQuarterBefore) {
  const LedgerBook book = book_of(county());
  const League league = reckon_league(book, kFirst, default_rubric());
  EXPECT_EQ(league.totals.projects, 2U);
  EXPECT_EQ(league.totals.investment, 6.12e9);
  EXPECT_EQ(league.totals.output, 2e8);
  EXPECT_EQ(league.totals.tax, 1e7);
  EXPECT_EQ(league.totals.funds, 8e7);
  EXPECT_EQ(league.before.projects, 1U);
  EXPECT_EQ(league.before.investment, 3e8);
  // One project of 300 million on no stated chain: 30 points, no fit.
  EXPECT_EQ(team_of(league, "乙镇").score_before, 30);
  EXPECT_EQ(team_of(league, "乙镇").rank_before, 1U);
  EXPECT_FALSE(team_of(league, "甲专班").score_before);
}

TEST(League, WhatIsNotStatedIsNotCountedAndSaid) {
  const LedgerBook book = book_of(
      {of_team(project_line("P1", LedgerStage::Signed, kSigned, {number(FactKey::Investment, 2e8)}),
               "甲"),
       of_team(project_line("P2", LedgerStage::Signed, kSigned, {number(FactKey::Outside, 1)}),
               "甲"),
       of_team(project_line("P3", LedgerStage::Signed, kSigned, {number(FactKey::Outside, 0)}),
               "甲"),
       project_line("P4", LedgerStage::Signed, kSigned)});
  const League league = reckon_league(book, kFirst, default_rubric());
  const LeaguePoints& projects = team_of(league, "甲").items[0];
  EXPECT_EQ(projects.actual, 0);
  EXPECT_EQ(projects.undecided, 2U);
  EXPECT_EQ(league.totals.without_team, 1U);
  EXPECT_EQ(league.totals.without_investment, 3U);
}

TEST(League, TeamsOfOneScoreShareTheBetterRank) {
  std::vector<LedgerLine> lines;
  for (const auto& [name, rating] :
       {std::pair("丙", 80.0), {"甲", 90.0}, {"乙", 80.0}, {"丁", 10.0}}) {
    lines.push_back(team_line(name, {2025, 3, 1}, {number(FactKey::RatingTeam, rating)}));
  }
  const League league = reckon_league(book_of(lines), kFirst, default_rubric());
  std::string seen;
  for (const LeagueTeam& team : league.teams) seen += team.name + std::to_string(team.rank) + " ";
  EXPECT_EQ(seen, "甲1 丙2 乙2 丁4 ");
}

TEST(League, ATeamMayHaveATargetOfItsOwn) {
  Rubric rubric = default_rubric();
  rubric.targets["甲专班"]["projects"] = 4;
  EXPECT_EQ(points(reckon_league(book_of(county()), kFirst, rubric), "甲专班", "projects"), 15);
}

TEST(League, IsEmptyOverAnEmptyLedger) {
  const League league = reckon_league({}, kFirst, default_rubric());
  EXPECT_TRUE(league.teams.empty());
  EXPECT_EQ(league.totals, LeagueTotals());
}

TEST(League, FundsAreWhatCameInDuringTheQuarter) {
  std::vector<LedgerLine> lines = {
      of_team(project_line("P1", LedgerStage::Signed, {2024, 5, 1}), "甲")};
  for (const auto& [when, sum] : {std::pair(Date{2024, 12, 31}, 5e7),
                                  {Date{2025, 1, 1}, 6e7},
                                  {Date{2025, 3, 31}, 9e7},
                                  {Date{2025, 4, 1}, 2e8}}) {
    LedgerLine line = project_line("P1", LedgerStage::Signed, when);
    line.stage.reset();
    line.facts = {number(FactKey::FundsInPlace, sum)};
    lines.push_back(line);
  }
  EXPECT_EQ(points(reckon_league(book_of(lines), kFirst, default_rubric()), "甲", "funds"), 8);
}

// Scores are sums of their items, ranks count the better ones, whatever is in the ledger.
TEST(League, RanksAreThoseOfTheScores) {
  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    std::vector<LedgerLine> lines;
    for (int i = 0; i < 40; ++i) {
      std::vector<std::pair<FactKey, FactValue>> facts = {
          number(FactKey::Investment, static_cast<double>(random() % 90) * 1e8),
          number(FactKey::Outside, static_cast<double>(random() % 2)),
          number(FactKey::OnChain, static_cast<double>(random() % 2))};
      lines.push_back(
          of_team(project_line("P" + std::to_string(i), LedgerStage::Signed,
                               {2025, static_cast<std::uint8_t>(random() % 6 + 1), 1}, facts),
                  "T" + std::to_string(random() % 7)));
    }
    const League league = reckon_league(book_of(lines), kFirst, default_rubric());
    for (const LeagueTeam& team : league.teams) {
      double sum = 0;
      for (const LeaguePoints& one : team.items) sum += one.points;
      EXPECT_NEAR(team.score, sum, 0.005);
      const auto better = std::ranges::count_if(
          league.teams, [&](const LeagueTeam& one) { return one.score > team.score; });
      EXPECT_EQ(team.rank, better + 1);
    }
  }
}

}  // namespace
}  // namespace liantu
