#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"

namespace liantu::test {
namespace {

using Words = std::vector<std::string>;

const std::string kHead = "branch,date,province,city,parent,works_there\n";

std::string name_of(int firm) { return "示例企业" + std::to_string(firm) + "有限公司"; }

/// Sixty firms of 深圳 and 长沙, of which forty opened three branches each from 1994 to 2003, twelve
/// a year, in three cities.
class Arrivals : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    build(0, 60, "firms.liantu");
    write("branches.csv", kHead + branches());
  }

  static std::string branches() {
    constexpr const char* kCities[] = {"江西,南昌", "湖北,武汉", "贵州,贵阳"};
    std::string text;
    for (int k = 0; k < 120; ++k) {
      text += row(name_of(k * 7 % 40), std::to_string(1994 + k / 12) + "-05-01", kCities[k % 3],
                  k % 4 == 0);
    }
    return text;
  }

  static std::string row(const std::string& parent, const std::string& date,
                         const std::string& place, bool works = false) {
    return parent + "分公司," + date + "," + place + "," + parent + "," + (works ? "1\n" : "0\n");
  }

  void build(int first, int last, const std::string& to, const std::string& more = {}) {
    std::string text = "name,uscc,date,capital,province,city,industry,makes,scope\n";
    for (int i = first; i < last; ++i) {
      text += name_of(i) + ",,1990-01-01," + std::to_string(1 + i) + "000000," +
              (i % 2 == 0 ? "广东,深圳" : "湖南,长沙") + ",machinery,1,零件生产\n";
    }
    write("expansions/firms.csv", text + more);
    const Ran ran = liantu(
        {"build", "--mapping",
         (dadukou().parent_path().parent_path() / "examples/mappings/firms_and_branches.json")
             .string(),
         "expansions/firms.csv", "-o", to, "-O"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }

  [[nodiscard]] Ran evaluate(const Words& more, const std::string& table = "branches.csv") const {
    Words all = {"evaluate", "firms.liantu", "--arrivals", table, "--lang", "en"};
    all.insert(all.end(), more.begin(), more.end());
    return liantu(all);
  }

  /// That one more row is told with these words, and the backtest goes on.
  void expect_told(const std::string& line, const std::string& words) {
    write("more.csv", kHead + line + branches());
    const Ran ran = evaluate({"--from", "2000", "--least", "1"}, "more.csv");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.err.find("more.csv:2:"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
  }
};

TEST_F(Arrivals, ListsHavePlaceYearRankAndCode) {
  const Ran ran =
      evaluate({"--from", "1998,2000", "--least", "1", "--top", "5", "-o", "lists.csv"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  std::istringstream lines(bytes_of(folder_ / "lists.csv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "place,year,rank,uscc");
  std::set<std::string> lists;
  std::size_t rows = 0;
  for (; std::getline(lines, line); ++rows) {
    const std::size_t year = line.find(',');
    const std::size_t rank = line.find(',', year + 1);
    lists.insert(line.substr(0, rank));
    EXPECT_EQ(line.substr(rank + 1, 1), std::to_string(rows % 5 + 1)) << line;
  }
  EXPECT_EQ(lists.size(), 6U);  // three cities, two years
  EXPECT_EQ(rows, 30U);
  EXPECT_TRUE(lists.contains("江西/南昌,1998"));
  EXPECT_NE(ran.out.find("propensity to come"), std::string::npos);
}

TEST_F(Arrivals, ListsOfWorksAreOrderedByTheirOwnExponents) {
  const auto lists = [&](const Words& more) {
    Words all = {"--from", "2000", "--least", "1", "-O", "-o", "lists.csv"};
    all.insert(all.end(), more.begin(), more.end());
    EXPECT_EQ(evaluate(all).exit, 0);
    return bytes_of(folder_ / "lists.csv");
  };
  // Capital alone, which stands in the order of the names, or flow alone.
  write("model.json",
        R"({"schema": "liantu.arrival_model/1", "factors": {
          "capital": {"exponent": 1, "works": 0}, "flow": {"exponent": 0, "works": 1}}})");
  const std::string all = lists({"--arrival-model", "model.json"});
  const std::string works = lists({"--arrival-model", "model.json", "--works"});
  EXPECT_NE(all, works);
  write("model.json",
        R"({"schema": "liantu.arrival_model/1", "factors": {"flow": {"exponent": 1}}})");
  EXPECT_EQ(lists({"--arrival-model", "model.json"}), works);
}

TEST_F(Arrivals, RowsThatSayNothingOfUseAreToldAndLeftOut) {
  expect_told(row(name_of(41), "1980-01-01", "江西,南昌"),
              "it came on 1980-01-01, before its own registration on 1990-01-01");
  expect_told(row(name_of(40), "2000-01-01", "广东,深圳"),
              "the firm is registered in this place itself");
  expect_told(row("示例无名有限公司", "2000-01-01", "江西,南昌"), "the graph has no firm");
  expect_told(row(name_of(40), "2000-01-01", "无此省,无此市"), "is not a known region");
  expect_told(row(name_of(40), "昨天", "江西,南昌"), "is not a date");
}

TEST_F(Arrivals, NameThatTwoFirmsBearIsToldAndLeftOut) {
  build(0, 60, "firms.liantu",
        "示例同名有限公司,91350100M000100Y43,1990-01-01,1000000,福建,福州,machinery,1,零件生产\n"
        "示例同名有限公司,91310000MA1K35Y38P,1990-01-01,1000000,上海,嘉定,machinery,1,零件生产\n");
  expect_told(row("示例同名有限公司", "2000-01-01", "江西,南昌"),
              "several firms of the graph are called \"示例同名有限公司\"");
}

TEST_F(Arrivals, FewerThanThirtyAreRefused) {
  std::string few = branches();
  for (int i = 0; i < 91; ++i) few.erase(few.rfind('\n', few.size() - 2) + 1);
  write("few.csv", kHead + few);
  for (const Words& verb : {Words{"evaluate", "firms.liantu", "--from", "1995"},
                            Words{"train", "firms.liantu", "-o", "model.json"}}) {
    Words all = verb;
    all.insert(all.end(), {"--arrivals", "few.csv", "--lang", "en"});
    const Ran ran = liantu(all);
    EXPECT_EQ(ran.exit, 1);
    EXPECT_NE(ran.err.find("29 arrivals are of firms that the graph knows: with fewer than 30 "
                           "nothing can be concluded"),
              std::string::npos)
        << ran.err;
  }
  EXPECT_EQ(std::ranges::count(names(), "model.json"), 0);
}

TEST_F(Arrivals, WindowInWhichNobodyCameConcludesNothing) {
  const Ran ran = evaluate({"--from", "2010"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("fewer than 30 arrivals in every window"), std::string::npos) << ran.err;
}

TEST_F(Arrivals, TableOfThoseWhoCameOnlyIsNoMeasure) {
  build(0, 40, "came.liantu");
  expect_refused({"evaluate", "came.liantu", "--arrivals", "branches.csv", "--from", "2000"}, 3,
                 {"there are no candidates that did not", "there is no measure"},
                 {"没有未来过的候选企业", "无从衡量"});
  expect_refused({"evaluate", "--arrivals", "branches.csv", "--from", "2000"}, 2,
                 {"without candidates there is no measure"}, {"没有候选企业"});
}

TEST_F(Arrivals, ModelIsWrittenOnlyWhereItBeatsTheBestBaseline) {
  const Ran ran = liantu(
      {"train", "firms.liantu", "--arrivals", "branches.csv", "-o", "m.json", "--lang", "en"});
  EXPECT_NE(ran.err.find("recent           exponent"), std::string::npos) << ran.err;
  const bool written = std::ranges::count(names(), "m.json") == 1;
  EXPECT_EQ(written, ran.exit == 0) << ran.err;
  if (!written) {
    EXPECT_NE(ran.err.find("does not beat"), std::string::npos) << ran.err;
  }
  const Ran forced = liantu(
      {"train", "firms.liantu", "--arrivals", "branches.csv", "-o", "m.json", "-O", "--force"});
  EXPECT_EQ(forced.exit, 0) << forced.err;
  EXPECT_EQ(evaluate({"--from", "2000", "--least", "1", "--arrival-model", "m.json"}).exit, 0);
}

TEST_F(Arrivals, BranchesAreReadAsFirmsThatTheirParentsHold) {
  write(
      "branches.csv",
      "branch,branch_uscc,date,province,city,parent,parent_uscc,parent_province,parent_city,scope\n"
      "示例甲有限公司嘉定分公司,91310000MA1K35Y38P,2001-05-01,上海,嘉定,示例甲有限公司,"
      "91350100M000100Y43,福建,福州,零件生产\n");
  const Ran ran =
      liantu({"build", "--mapping",
              (dadukou().parent_path().parent_path() / "examples/mappings/branches.json").string(),
              "branches.csv", "-o", "branches.liantu", "--lang", "en"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const Ran shown = liantu({"show", "branches.liantu", "--lang", "en"});
  EXPECT_NE(shown.out.find("entities: 2; relations: 1;"), std::string::npos) << shown.out;
}

// ---- the part of the score

TEST_F(Arrivals, ListAndExplanationGainThePartPropensity) {
  build_dadukou();
  rapidjson::Document before;
  before.Parse(
      liantu({"rank", "dadukou.liantu", "-r", "500104", "--json", "--top", "0"}).out.c_str());
  const auto& rows = before["prospects"].GetArray();
  ASSERT_GE(rows.Size(), 20U);
  // The tenth opens branches everywhere, thirty in all, and the eleventh came to the district.
  std::string table = "parent,place,date\n";
  constexpr const char* kCities[] = {"南昌市", "武汉市", "贵阳市", "杭州市", "福州市", "郑州市"};
  for (int k = 0; k < 30; ++k) {
    table +=
        std::string(rows[k < 6 ? 9U : 11U + static_cast<unsigned>(k) / 6U]["name"].GetString()) +
        "," + kCities[k % 6] + ",2024-0" + std::to_string(1 + k % 9) + "-01\n";
  }
  table += std::string(rows[10]["name"].GetString()) + ",重庆市大渡口区,2024-02-01\n";
  write("arrivals.csv", table);
  const Words asked = {"dadukou.liantu", "-r", "500104", "--arrivals", "arrivals.csv", "--json"};
  Words rank = {"rank", "--top", "0"};
  rank.insert(rank.end(), asked.begin(), asked.end());
  rapidjson::Document after;
  after.Parse(liantu(rank).out.c_str());
  ASSERT_FALSE(after.HasParseError());
  EXPECT_EQ(after["weights"]["propensity"].GetDouble(), 20);
  EXPECT_EQ(after["weights"]["gap_severity"].GetDouble(), 16);
  const auto found = [&](const char* part, const std::string& firm) -> const rapidjson::Value* {
    for (const auto& row : after[part].GetArray()) {
      if (row["name"].GetString() == firm) return &row;
    }
    return nullptr;
  };
  const std::string grower = rows[9]["name"].GetString();
  const rapidjson::Value* row = found("prospects", grower);
  ASSERT_NE(row, nullptr);
  EXPECT_GT((*row)["parts"]["propensity"].GetDouble(), 5);
  EXPECT_EQ((*row)["propensity"]["factors"][0]["rows"].Size(), 6U);
  EXPECT_NE(found("expansions", rows[10]["name"].GetString()), nullptr);
  Words explain = {"explain", "--firm", grower};
  explain.insert(explain.end(), asked.begin(), asked.end());
  rapidjson::Document told;
  told.Parse(liantu(explain).out.c_str());
  EXPECT_EQ(told["row"]["propensity"], (*row)["propensity"]);
  const Ran xlsx = liantu(
      {"rank", "dadukou.liantu", "-r", "500104", "--arrivals", "arrivals.csv", "-o", "list.xlsx"});
  EXPECT_EQ(xlsx.exit, 0) << xlsx.err;
}

TEST_F(Arrivals, ThePartNeedsThirtyArrivalsAndAModelNeedsThePart) {
  build_dadukou();
  write("few.csv", "parent,place,date\n" + name_of(1) + ",南昌市,2020\n");
  for (const Words& verb : {Words{"rank"}, Words{"explain", "--firm", "示例惠州"}}) {
    Words asked = verb;
    asked.insert(asked.end(), {"dadukou.liantu", "-r", "500104"});
    Words few = asked;
    few.insert(few.end(), {"--arrivals", "few.csv"});
    expect_refused(few, 3, {"1 arrivals in all", "fewer than 30"}, {"少于 30 条不作结论"});
    Words model = asked;
    model.insert(model.end(), {"--arrival-model", "few.csv"});
    expect_refused(model, 2, {"--arrival-model goes with --arrivals"}, {"须与 --arrivals 连用"});
  }
}

}  // namespace
}  // namespace liantu::test
