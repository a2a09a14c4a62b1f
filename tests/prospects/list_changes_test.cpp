#include "liantu/prospects/list_changes.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

WrittenRow row(std::string name, std::uint32_t rank, double score,
               std::string status = "prospect") {
  WrittenRow one;
  one.name = std::move(name);
  one.rank = rank;
  one.score = score;
  one.status = std::move(status);
  return one;
}

WrittenList list(std::vector<WrittenRow> rows) {
  WrittenList made;
  made.rows = std::move(rows);
  return made;
}

std::string lines(const ListChanges& changes, const WrittenList& before, const WrittenList& after) {
  std::string text;
  for (const ListChange& one : changes.changes) {
    text += std::string(list_fate_word(one.fate)) + " " +
            (one.after ? after.rows[*one.after].name : before.rows[*one.before].name);
    for (const Text& why : one.why) text += " | " + why.en;
    text += "\n";
  }
  return text;
}

TEST(ListChanges, EqualListsAreTheSame) {
  const WrittenList one = list({row("甲", 1, 70), row("乙", 2, 60)});
  const ListChanges changes = compare_lists(one, one);
  EXPECT_EQ(changes.same, 2U);
  EXPECT_EQ(lines(changes, one, one), "same 甲\nsame 乙\n");
}

TEST(ListChanges, EmptyListsHaveNoChanges) { EXPECT_TRUE(compare_lists({}, {}).changes.empty()); }

TEST(ListChanges, WhoEnteredPushesOthersDown) {
  const WrittenList before = list({row("甲", 1, 70), row("乙", 2, 60)});
  const WrittenList after = list({row("丙", 1, 80), row("甲", 2, 70), row("乙", 3, 60)});
  EXPECT_EQ(lines(compare_lists(before, after), before, after),
            "entered 丙 | the old list does not name it\n"
            "fell 甲 | its own score stayed; of those before it 1 came and 0 went\n"
            "fell 乙 | its own score stayed; of those before it 1 came and 0 went\n");
}

TEST(ListChanges, WhoLeftSaysWhereItWent) {
  WrittenRow screened = row("甲", 0, 70, "screened");
  screened.screened_by = "失信";
  const WrittenList before = list({row("甲", 1, 70), row("乙", 2, 60)});
  const WrittenList after = list({row("乙", 1, 60), screened});
  EXPECT_EQ(lines(compare_lists(before, after), before, after),
            "rose 乙 | its own score stayed; of those before it 0 came and 1 went\n"
            "left 甲 | is now screened out: 失信\n");
}

TEST(ListChanges, PartsGapsAmountsAndRowsSayWhyAScoreMoved) {
  WrittenRow was = row("甲", 2, 50);
  was.parts = {{"scale", 2}, {"fit", 9}};
  was.gaps = {"电池"};
  was.unknown = {"revenue"};
  was.evidence = {{"supplies: 甲 → 丁", "stated", "供货.csv!3"},
                  {"makes: 甲 → 电池", "inferred 0.50", "主营.csv!2"}};
  WrittenRow now = row("甲", 1, 54.5);
  now.parts = {{"scale", 7}, {"fit", 8.5}};
  now.gaps = {"电池", "隔膜"};
  now.purchases = 2e6;
  now.evidence = {{"makes: 甲 → 电池", "stated 1.00", "主营.csv!2"},
                  {"supplies: 甲 → 戊", "stated", "供货.csv!4"}};
  const WrittenList before = list({row("乙", 1, 52), was});
  const WrittenList after = list({now, row("乙", 2, 52)});
  EXPECT_EQ(
      lines(compare_lists(before, after), before, after),
      "rose 甲 | score +4.50: scale +5.00, fit of its main business -0.50 | gaps it fills now: "
      "隔膜 "
      "| "
      "brings home at most not known → CNY 2 m | known now: revenue | row that changed: 主营.csv!2 "
      "makes: 甲 → 电池 (inferred 0.50 → stated 1.00) | new row: 供货.csv!4 supplies: 甲 → 戊 | "
      "row no "
      "longer there: 供货.csv!3 supplies: 甲 → 丁\n"
      "fell 乙 | its own score stayed; of those before it some changed their places\n");
}

TEST(ListChanges, CodesComeBeforeNamesAndTwoCodesAreTwoFirms) {
  WrittenRow a = row("旧名", 1, 70);
  a.code = "Y1";
  WrittenRow b = row("新名", 1, 70);
  b.code = "Y1";
  EXPECT_EQ(compare_lists(list({a}), list({b})).same, 1U);
  b.code = "Y2";
  b.name = "旧名";
  const ListChanges other = compare_lists(list({a}), list({b}));
  EXPECT_EQ(other.entered, 1U);
  EXPECT_EQ(other.left, 1U);
}

TEST(ListChanges, OnlyTheFirstRowsCountWhereSomeAreAskedFor) {
  const WrittenList before = list({row("甲", 1, 70), row("乙", 2, 60)});
  const WrittenList after = list({row("乙", 1, 75), row("甲", 2, 70)});
  EXPECT_EQ(lines(compare_lists(before, after, 1), before, after),
            "entered 乙 | stood further down: rank 2\n"
            "left 甲 | stands further down now: rank 2\n");
}

TEST(ListChanges, InputsThatChangedAreNamed) {
  WrittenList before;
  before.inputs = {{"甲.csv", "1"}, {"乙.csv", "1"}};
  WrittenList after;
  after.inputs = {{"甲.csv", "2"}, {"丙.csv", "1"}};
  const ListChanges changes = compare_lists(before, after);
  ASSERT_EQ(changes.inputs.size(), 3U);
  EXPECT_EQ(changes.inputs[0].en, "input no longer used: 乙.csv");
  EXPECT_EQ(changes.inputs[1].en, "input that changed: 甲.csv");
  EXPECT_EQ(changes.inputs[2].en, "new input: 丙.csv");
}

// Every firm of either list stands in one change, and the counts add up.
TEST(ListChanges, EachFirmStandsInOneChange) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const auto draw = [&] {
      std::vector<WrittenRow> rows;
      for (int i = 0; i < 12; ++i) {
        if (random() % 3 == 0) continue;
        rows.push_back(row("firm" + std::to_string(i), 0, static_cast<double>(random() % 100)));
      }
      std::ranges::shuffle(rows, random);
      for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].rank = static_cast<std::uint32_t>(i + 1);
      return list(rows);
    };
    const WrittenList before = draw();
    const WrittenList after = draw();
    const ListChanges changes = compare_lists(before, after);
    std::size_t both = 0;
    for (const WrittenRow& one : before.rows) {
      both += static_cast<std::size_t>(std::ranges::count(after.rows, one.name, &WrittenRow::name));
    }
    EXPECT_EQ(changes.entered, after.rows.size() - both);
    EXPECT_EQ(changes.left, before.rows.size() - both);
    EXPECT_EQ(changes.rose + changes.fell + changes.same, both);
    EXPECT_EQ(changes.changes.size(), before.rows.size() + after.rows.size() - both);
    const ListChanges back = compare_lists(after, before);
    EXPECT_EQ(back.rose, changes.fell);
    EXPECT_EQ(back.entered, changes.left);
  }
}

}  // namespace
}  // namespace liantu
