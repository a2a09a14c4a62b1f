#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <iomanip>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"
#include "report/golden.hpp"
#include "support/source_tree.hpp"

/// A whole run on the bundled district, and what its tables are made to show. Every figure is
/// computed from the tables again, without the library.
namespace liantu::test {
namespace {

namespace fs = std::filesystem;

using rapidjson::Value;
using Row = std::map<std::string, std::string>;
using Words = std::vector<std::string>;

// The bundled tables have neither quotes nor empty lines.
Words cells(const std::string& line) {
  Words result(1);
  for (const char c : line) {
    if (c == ',') {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  return result;
}

Words lines_of(const fs::path& path) {
  Words result;
  std::istringstream text(bytes_of(path));
  for (std::string line; std::getline(text, line);) result.push_back(line);
  return result;
}

std::vector<Row> table(const std::string& name) {
  const Words lines = lines_of(dadukou() / (name + ".csv"));
  const Words columns = cells(lines.front());
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const Words values = cells(lines[i]);
    Row row;
    for (std::size_t c = 0; c < columns.size(); ++c) row[columns[c]] = values.at(c);
    rows.push_back(row);
  }
  return rows;
}

std::optional<double> number(const std::string& cell) {
  if (cell.empty()) return std::nullopt;
  return std::stod(cell);
}

// What the tables say of the district.
struct Facts {
  std::set<std::string> local;                          // firms in 500104
  std::set<std::string> needed;                         // segments that local makers need
  std::map<std::string, double> demand;                 // CNY, where an output is known
  std::map<std::string, std::set<std::string>> makers;  // local makers of a segment or below it
  std::set<std::string> traders;
};

Facts read_facts() {
  Facts facts;
  std::map<std::string, Row> firms;
  for (const Row& firm : table("企业")) {
    firms[firm.at("企业名称")] = firm;
    if (firm.at("地区代码") == "500104") facts.local.insert(firm.at("企业名称"));
  }
  std::map<std::string, std::string> parent;
  for (const Row& segment : table("环节")) parent[segment.at("环节")] = segment.at("上级");
  std::map<std::string, std::vector<Row>> inputs;
  for (const Row& need : table("需要")) inputs[need.at("产品")].push_back(need);
  for (const Row& made : table("主营")) {
    const std::string& firm = made.at("企业");
    if (!facts.local.contains(firm)) continue;
    auto output = number(made.at("产值(万元)"));
    const auto share = number(made.at("营收占比"));
    const auto revenue = number(firms.at(firm).at("营业收入(万元)"));
    if (!output && share && revenue) output = *share * *revenue;
    for (std::string at = made.at("环节"); !at.empty(); at = parent[at]) {
      facts.makers[at].insert(firm);
      for (const Row& need : inputs[at]) {
        const std::string& input = need.at("投入品");
        facts.needed.insert(input);
        if (output) facts.demand[input] += *output * 1e4 * std::stod(need.at("投入系数"));
      }
    }
  }
  for (const Row& trade : table("经销")) facts.traders.insert(trade.at("企业"));
  return facts;
}

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
      json.data(), json.size());
  EXPECT_FALSE(document.HasParseError()) << json.substr(0, 400);
  return document;
}

std::set<std::string> words_of(const Value& list) {
  std::set<std::string> result;
  for (const Value& word : list.GetArray()) result.insert(word.GetString());
  return result;
}

void expect_members(const Value& object, const Words& names) {
  ASSERT_TRUE(object.IsObject());
  for (const std::string& name : names) EXPECT_TRUE(object.HasMember(name.c_str())) << name;
}

bool number_or_null(const Value& value) { return value.IsNumber() || value.IsNull(); }

class Dadukou : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    build_dadukou();
  }

  [[nodiscard]] rapidjson::Document gaps() const {
    const Ran ran = liantu({"gaps", "dadukou.liantu", "--region", "500104", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    return parsed(ran.out);
  }
  [[nodiscard]] rapidjson::Document prospects(const std::string& top) const {
    const Ran ran =
        liantu({"rank", "dadukou.liantu", "--region", "500104", "--top", top, "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    return parsed(ran.out);
  }
};

// ---- shape ----

TEST_F(Dadukou, GapsHaveTheMembersThatScriptsReadAndTheirTypes) {
  const rapidjson::Document document = gaps();
  expect_members(document, {"schema", "version", "inputs", "parameters", "data_date", "district",
                            "anchors", "gap_count", "gaps"});
  EXPECT_STREQ(document["schema"].GetString(), "liantu.gaps/1");
  EXPECT_EQ(document["gap_count"].GetUint(), document["gaps"].Size());
  EXPECT_STREQ(document["data_date"].GetString(), "2025-02-08");
  for (const Value& gap : document["gaps"].GetArray()) {
    expect_members(gap, {"segment", "kind", "kinds", "region", "demand", "supply", "leakage_min",
                         "leakage_max", "basis", "needers", "makers", "nearby_makers", "anchors"});
    SCOPED_TRACE(gap["segment"].GetString());
    EXPECT_STREQ(gap["region"].GetString(), "500104");
    EXPECT_TRUE(words_of(gap["kinds"]).contains(gap["kind"].GetString()));
    for (const char* amount : {"demand", "supply", "leakage_min", "leakage_max"}) {
      EXPECT_TRUE(number_or_null(gap[amount])) << amount;
    }
    EXPECT_TRUE((std::set<std::string>{"stated", "estimated", "inferred", "counted"}.contains(
        gap["basis"].GetString())));
    // A hidden gap is needed once another is filled.
    const bool hidden = std::string_view(gap["kind"].GetString()) == "hidden";
    EXPECT_TRUE(hidden || !words_of(gap["needers"]).empty());
    EXPECT_TRUE(!hidden || !gap["later"].Empty());
    for (const char* list : {"makers", "nearby_makers", "anchors"}) {
      EXPECT_TRUE(gap[list].IsArray()) << list;
    }
    for (const std::string& anchor : words_of(gap["anchors"])) {
      EXPECT_TRUE(words_of(gap["needers"]).contains(anchor)) << anchor;
    }
  }
}

TEST_F(Dadukou, ProspectsHaveTheMembersThatScriptsReadAndTheirTypes) {
  const rapidjson::Document document = prospects("0");
  EXPECT_STREQ(document["schema"].GetString(), "liantu.prospects/1");
  ASSERT_GT(document["prospects"].Size(), 0U);
  EXPECT_EQ(document["prospect_count"].GetUint(), document["prospects"].Size());
  unsigned rank = 1;
  double last = 100;
  for (const Value& row : document["prospects"].GetArray()) {
    expect_members(row, {"rank", "name", "credit_code", "region", "score", "parts", "gaps",
                         "anchors", "evidence", "risks", "unknown"});
    SCOPED_TRACE(row["name"].GetString());
    EXPECT_GE(row["rank"].GetUint(), rank);  // shared by those of one whole point
    rank = row["rank"].GetUint();
    EXPECT_GE(row["alike"].GetUint(), 1U);
    EXPECT_LE(row["rank_best"].GetUint(), row["rank"].GetUint());
    EXPECT_GE(row["rank_worst"].GetUint(), row["rank"].GetUint());
    EXPECT_TRUE(row["credit_code"].IsString() || row["credit_code"].IsNull());
    EXPECT_LE(std::floor(row["score"].GetDouble() + 0.5), last);
    last = std::floor(row["score"].GetDouble() + 0.5);
    EXPECT_GT(row["gaps"].Size(), 0U);
    EXPECT_GT(row["evidence"].Size(), 0U);
    for (const Value& evidence : row["evidence"].GetArray()) {
      expect_members(evidence, {"relation", "from", "to", "basis", "file", "row"});
    }
  }
}

TEST_F(Dadukou, TopCutsTheListAndNotTheCount) {
  rapidjson::Document all = prospects("0");
  rapidjson::Document five = prospects("5");
  ASSERT_EQ(five["prospects"].Size(), 5U);
  EXPECT_EQ(five["prospect_count"], all["prospect_count"]);
  for (unsigned i = 0; i < 5; ++i) {
    // Who calls a firm depends on who else is to be called.
    five["prospects"][i].RemoveMember("introduction");
    all["prospects"][i].RemoveMember("introduction");
    EXPECT_EQ(five["prospects"][i], all["prospects"][i]);
  }
}

// ---- content ----

TEST_F(Dadukou, HasTheGapsItIsMadeToHave) {
  const rapidjson::Document document = gaps();
  std::map<std::string, int> kinds;
  for (const Value& gap : document["gaps"].GetArray()) ++kinds[gap["kind"].GetString()];
  EXPECT_EQ(kinds, (std::map<std::string, int>{
                       {"missing", 43}, {"weak", 15}, {"hidden", 15}, {"extension", 9}}));
}

TEST_F(Dadukou, MissingSegmentsAndTheirDemandFollowFromTheTables) {
  const Facts facts = read_facts();
  std::map<std::string, double> expected;  // 0 where only counts are known
  for (const std::string& segment : facts.needed) {
    if (facts.makers.contains(segment)) continue;
    expected[segment] = facts.demand.contains(segment) ? facts.demand.at(segment) : 0;
  }
  std::map<std::string, double> found;
  const rapidjson::Document document = gaps();
  for (const Value& gap : document["gaps"].GetArray()) {
    if (std::string_view(gap["kind"].GetString()) != "missing") continue;
    found[gap["segment"].GetString()] = gap["demand"].IsNull() ? 0 : gap["demand"].GetDouble();
    EXPECT_EQ(gap["makers"].Size(), 0U);
  }
  ASSERT_EQ(found.size(), expected.size());
  for (const auto& [segment, demand] : expected) {
    ASSERT_TRUE(found.contains(segment)) << segment;
    EXPECT_NEAR(found.at(segment), demand, 1) << segment;
  }
}

TEST_F(Dadukou, FlourIsMissingForNoodleMakersAlthoughATraderSellsIt) {
  // 示例璟澈 makes 干面 for 158 m and 鲜湿面 for 62 m, 示例霁渡 makes 干面 for 30 m; a yuan of 干面
  // takes 0.54 of flour, one of 鲜湿面 0.5: 158 × 0.54 + 62 × 0.5 + 30 × 0.54 = 132.52 m.
  const Facts facts = read_facts();
  EXPECT_NEAR(facts.demand.at("小麦粉"), 132'520'000, 1);
  const rapidjson::Document document = gaps();
  const auto list = document["gaps"].GetArray();
  const auto flour = std::ranges::find_if(list, [](const Value& gap) {
    return std::string_view(gap["segment"].GetString()) == "小麦粉";
  });
  ASSERT_NE(flour, list.end());
  EXPECT_STREQ((*flour)["kind"].GetString(), "missing");
  EXPECT_NEAR((*flour)["demand"].GetDouble(), 132'520'000, 1);
  EXPECT_EQ((*flour)["supply"].GetDouble(), 0);
  EXPECT_NEAR((*flour)["leakage_min"].GetDouble(), 132'520'000, 1);
  EXPECT_EQ(words_of((*flour)["needers"]),
            (std::set<std::string>{"示例璟澈粮食制品有限公司", "示例霁渡面业有限公司"}));
}

TEST_F(Dadukou, GlassFibreIsWeakBecauseOneFirmMakesIt) {
  const rapidjson::Document document = gaps();
  const auto list = document["gaps"].GetArray();
  const auto fibre = std::ranges::find_if(list, [](const Value& gap) {
    return std::string_view(gap["segment"].GetString()) == "玻璃纤维";
  });
  ASSERT_NE(fibre, list.end());
  EXPECT_STREQ((*fibre)["kind"].GetString(), "weak");
  EXPECT_EQ(words_of((*fibre)["weak"]), std::set<std::string>{"single_maker"});
  EXPECT_EQ(words_of((*fibre)["makers"]), read_facts().makers.at("玻璃纤维"));
  EXPECT_EQ((*fibre)["makers"].Size(), 1U);
}

TEST_F(Dadukou, TradersMakeNothingAndNeedNothing) {
  const Facts facts = read_facts();
  ASSERT_EQ(facts.traders.size(), 3U);
  const rapidjson::Document document = gaps();
  for (const Value& gap : document["gaps"].GetArray()) {
    for (const char* list : {"makers", "nearby_makers", "possible_makers", "needers"}) {
      for (const std::string& firm : words_of(gap[list])) {
        EXPECT_FALSE(facts.traders.contains(firm)) << gap["segment"].GetString() << ' ' << list;
      }
    }
  }
}

TEST_F(Dadukou, EveryProspectIsOutsideTheProvince) {
  const rapidjson::Document document = prospects("0");
  for (const Value& row : document["prospects"].GetArray()) {
    ASSERT_TRUE(row["region"].IsString()) << row["name"].GetString();
    EXPECT_FALSE(std::string_view(row["region"].GetString()).starts_with("50"))
        << row["name"].GetString();
  }
  for (const Value& row : document["unlocated"].GetArray()) EXPECT_TRUE(row["region"].IsNull());
  // The three parents of landed firms: an expansion, never a new prospect.
  EXPECT_EQ(document["expansions"].Size(), 3U);
  for (const Value& row : document["expansions"].GetArray()) {
    EXPECT_GT(row["present"].Size(), 0U) << row["name"].GetString();
  }
}

TEST_F(Dadukou, FirmsAtRiskOrStruckOffAreScreenedWithAReason) {
  const rapidjson::Document document = prospects("0");
  std::set<std::string> screened;
  for (const Value& row : document["screened"].GetArray()) {
    screened.insert(row["name"].GetString());
    EXPECT_GT(row["screened_by"]["en"].GetStringLength(), 0U);
    EXPECT_GT(row["screened_by"]["zh"].GetStringLength(), 0U);
  }
  std::set<std::string> expected;
  for (const Row& firm : table("企业")) {
    const std::string& risks = firm.at("风险");
    const bool bad = risks.find("失信") != std::string::npos ||
                     risks.find("重大安全事故") != std::string::npos ||
                     firm.at("登记状态") == "注销";
    if (bad) expected.insert(firm.at("企业名称"));
  }
  EXPECT_EQ(screened, expected);
}

TEST_F(Dadukou, PartsAddUpToTheScoreToTheCent) {
  const rapidjson::Document document = prospects("0");
  for (const char* list : {"prospects", "unlocated", "expansions", "screened"}) {
    for (const Value& row : document[list].GetArray()) {
      long cents = 0;
      EXPECT_EQ(row["parts"].MemberCount(), 9U);
      for (const auto& part : row["parts"].GetObject()) {
        cents += std::lround(part.value.GetDouble() * 100);
        EXPECT_NEAR(part.value.GetDouble() * 100, std::round(part.value.GetDouble() * 100), 1e-6);
      }
      EXPECT_EQ(cents, std::lround(row["score"].GetDouble() * 100)) << row["name"].GetString();
    }
  }
}

TEST_F(Dadukou, EvidenceStandsInTheRowItNames) {
  const rapidjson::Document document = prospects("0");
  std::map<std::string, Words> files;
  std::size_t seen = 0;
  for (const char* list : {"prospects", "unlocated", "expansions", "screened"}) {
    for (const Value& row : document[list].GetArray()) {
      for (const Value& evidence : row["evidence"].GetArray()) {
        const std::string file = evidence["file"].GetString();
        const auto [entry, fresh] = files.try_emplace(file);
        if (fresh) entry->second = lines_of(dadukou() / file);
        const Words& lines = entry->second;
        const unsigned number = evidence["row"].GetUint();
        SCOPED_TRACE(file + ":" + std::to_string(number));
        ASSERT_GE(number, 2U);
        ASSERT_LE(number, lines.size());
        const Words found = cells(lines[number - 1]);
        const auto has = [&](const Value& name) {
          return std::ranges::find(found, name.GetString()) != found.end();
        };
        EXPECT_TRUE(has(evidence["from"])) << lines[number - 1];
        // What is read out of a scope stands amid other words.
        if (std::string_view(evidence["basis"].GetString()) == "inferred") {
          EXPECT_NE(lines[number - 1].find(evidence["detail"].GetString()), std::string::npos);
        } else {
          EXPECT_TRUE(has(evidence["to"])) << lines[number - 1];
        }
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 500U);
}

// ---- the other verbs of a whole run ----

TEST_F(Dadukou, ExplainShowsTheSameScoreAndItsEvidence) {
  const rapidjson::Document list = prospects("1");
  const Value& first = list["prospects"][0];
  const std::string name = first["name"].GetString();
  for (const char* language : {"en", "zh"}) {
    const Ran ran =
        liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm", name, "--lang", language});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.out.find(name), std::string::npos);
    EXPECT_NE(ran.out.find(first["gaps"][0]["segment"].GetString()), std::string::npos);
    EXPECT_NE(ran.out.find(first["evidence"][0]["file"].GetString()), std::string::npos) << ran.out;
    std::ostringstream score;
    score.precision(2);
    score << std::fixed << first["score"].GetDouble();
    EXPECT_NE(ran.out.find(score.str()), std::string::npos) << ran.out;
  }
  const Ran json = liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm",
                           first["credit_code"].GetString(), "--json"});
  EXPECT_EQ(json.exit, 0) << json.err;
  const rapidjson::Document one = parsed(json.out);
  EXPECT_STREQ(one["status"].GetString(), "prospect");
  EXPECT_TRUE(one["reason"].IsNull());
  EXPECT_EQ(one["row"], first);
  double most = 0;
  for (const auto& weight : one["weights"].GetObject()) most += weight.value.GetDouble();
  EXPECT_EQ(most, 100);
}

TEST_F(Dadukou, IntroNamesTheSharedDirectorFirstAndSharesCallsOut) {
  const Ran one = liantu({"intro", "dadukou.liantu", "苏州岚埴", "-r", "500104", "--json"});
  EXPECT_EQ(one.exit, 0) << one.err;
  const rapidjson::Document ways = parsed(one.out);
  ASSERT_EQ(ways["ways"].Size(), 3U);
  EXPECT_STREQ(ways["ways"][0]["introducer"].GetString(), "示例岚桐医疗器械有限公司");
  EXPECT_STREQ(ways["ways"][0]["steps"][1]["from"].GetString(), "示例人甲");
  EXPECT_STREQ(ways["ways"][0]["steps"][1]["file"].GetString(), "任职.csv");
  const Ran all =
      liantu({"intro", "dadukou.liantu", "-r", "500104", "--calls", "落地企业=2", "--json"});
  EXPECT_EQ(all.exit, 0) << all.err;
  const rapidjson::Document plan = parsed(all.out);
  ASSERT_EQ(plan["firms"].Size(), 20U);
  std::map<std::string, int> calls;
  for (const auto& firm : plan["firms"].GetArray()) {
    if (firm["way"].IsNull()) continue;
    const std::string channel = firm["way"]["channel"].GetString();
    if (channel == "landed_firm") ++calls[firm["way"]["introducer"].GetString()];
  }
  for (const auto& [name, count] : calls) EXPECT_LE(count, 2) << name;
}

// The bundled district with executives, alumni, offices and leaders that tie: two directors of 惠州棠础,
// two associations of 人壬, two offices for Sichuan, two leaders who know 绵阳湉钧, and one who knows the
// chairman of 新乡湉枢. Who calls whom is read line by line in the golden file, and is the same in
// whatever order the rows stand.
TEST_F(Dadukou, CallsThatTieAreSharedOutAlikeInEveryOrderOfTheRows) {
  const std::map<std::string, Words> added = {
      {"任职.csv",
       {"示例人丁,示例惠州棠础电源技术有限公司,董事,2020-01-01,虚构示例数据",
        "示例人戊,示例惠州棠础电源技术有限公司,董事,2020-01-01,虚构示例数据"}},
      {"加入.csv",
       {"示例人壬,示例大学重庆校友会,2004-06-30,虚构示例数据",
        "示例人壬,示例理工大学重庆校友会,2004-06-30,虚构示例数据",
        "示例绵阳湉钧线路板有限公司,示例区领导甲,2022-01-01,虚构示例数据",
        "示例绵阳湉钧线路板有限公司,示例区领导乙,2022-01-01,虚构示例数据",
        "示例人癸,示例区领导甲,2022-01-01,虚构示例数据"}},
      {"组织.csv",
       {"驻成都招商办,驻点办,510000,虚构示例数据", "示例区领导甲,区领导,500104,虚构示例数据",
        "示例区领导乙,区领导,500104,虚构示例数据"}},
      {"负责.csv", {"驻成都招商办,510000"}}};
  std::string told[2];
  for (const bool reversed : {false, true}) {
    const std::string name = reversed ? "reversed" : "as_written";
    for (const auto& entry : fs::directory_iterator(test::source_tree() + "/graphs/dadukou")) {
      if (entry.path().extension() != ".csv") continue;
      Words lines = lines_of(entry.path());
      const auto more = added.find(entry.path().filename().string());
      if (more != added.end()) {
        lines.insert(lines.end(), more->second.begin(), more->second.end());
      }
      if (reversed) std::reverse(lines.begin() + 1, lines.end());
      std::string text;
      for (const std::string& line : lines) text += line + "\n";
      write(name + "/" + entry.path().filename().string(), text);
    }
    ASSERT_EQ(liantu({"build", name, "-o", name + ".liantu"}).exit, 0);
    const Ran ran = liantu({"intro", name + ".liantu", "-r", "500104", "--json"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    const rapidjson::Document plan = parsed(ran.out);
    for (const auto& firm : plan["firms"].GetArray()) {
      std::string line = firm["firm"].GetString();
      if (firm["way"].IsNull()) {
        line += ": nobody";
      } else {
        const auto& way = firm["way"];
        line += std::string(": ") + way["channel"].GetString() + ", " +
                way["introducer"].GetString() + ", way";
        for (const auto& step : way["steps"].GetArray()) {
          line += std::string(" ") + step["from"].GetString() + " →";
        }
      }
      told[reversed ? 1 : 0] += line + "\n";
    }
  }
  EXPECT_EQ(told[0], told[1]);
  expect_golden("dadukou_calls.txt", told[0]);
}

// Amounts in yuan instead of 万元, and all rows the other way round: nothing but the rows cited differs.
TEST_F(Dadukou, UnitsOfMoneyAndTheOrderOfRowsDoNotShowInTheList) {
  const std::string old_unit = "(万元)";
  for (const auto& entry : fs::directory_iterator(dadukou())) {
    if (entry.path().extension() != ".csv") continue;
    Words lines = lines_of(entry.path());
    Words headings = cells(lines.front());
    std::vector<bool> scaled;
    for (std::string& heading : headings) {
      const std::size_t unit = heading.find(old_unit);
      scaled.push_back(unit != std::string::npos);
      if (scaled.back()) heading.replace(unit, old_unit.size(), "(元)");
    }
    std::reverse(lines.begin() + 1, lines.end());
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Words values = i == 0 ? headings : cells(lines[i]);
      for (std::size_t c = 0; i > 0 && c < values.size(); ++c) {
        if (!scaled[c] || values[c].empty()) continue;
        std::ostringstream yuan;
        yuan << std::fixed << std::setprecision(2) << std::stod(values[c]) * 10000;
        values[c] = yuan.str();
      }
      for (std::size_t c = 0; c < values.size(); ++c) text += (c == 0 ? "" : ",") + values[c];
      text += "\n";
    }
    write("yuan/" + entry.path().filename().string(), text);
  }
  ASSERT_EQ(liantu({"build", "yuan", "-o", "yuan.liantu"}).exit, 0);
  const auto list = [&](const std::string& graph) {
    const Ran ran =
        liantu({"rank", graph, "-r", "500104", "--top", "0", "--draws", "50", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    rapidjson::Document all = parsed(ran.out);
    for (const char* part : {"prospects", "unlocated", "expansions", "screened"}) {
      for (auto& row : all[part].GetArray()) {
        row.RemoveMember("evidence");
        row.RemoveMember("introduction");
      }
    }
    return all;
  };
  const rapidjson::Document as_told = list("dadukou.liantu");
  const rapidjson::Document in_yuan = list("yuan.liantu");
  for (const char* part : {"prospects", "unlocated", "expansions", "screened"}) {
    ASSERT_EQ(as_told[part].Size(), in_yuan[part].Size()) << part;
    for (rapidjson::SizeType i = 0; i < as_told[part].Size(); ++i) {
      EXPECT_TRUE(as_told[part][i] == in_yuan[part][i])
          << part << " " << as_told[part][i]["name"].GetString();
    }
  }
  EXPECT_GT(as_told["prospects"].Size(), 10U);
}

TEST_F(Dadukou, TaskForcesGetOneListEachAndNoFirmIsOnTwo) {
  for (const char* by : {"--by-chain", "--office", "--channel"}) {
    const Ran ran = liantu({"rank", "dadukou.liantu", "-r", "500104", by, "--top", "3", "--json"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    const rapidjson::Document all = parsed(ran.out);
    std::set<std::string> seen;
    double total = 0;
    for (const auto& one : all["lists"].GetArray()) {
      EXPECT_LE(one["firms"].Size(), 3U);
      for (const auto& firm : one["firms"].GetArray()) {
        EXPECT_TRUE(seen.insert(firm["name"].GetString()).second) << by;
      }
      if (one["total"].IsNumber()) total += one["total"].GetDouble();
    }
    EXPECT_EQ(seen.size(), all["prospects"].Size());
    EXPECT_GT(all["lists"].Size(), 1U);
    EXPECT_NEAR(total, all["total"].GetDouble(), 1);
    const Ran csv = liantu(
        {"rank", "dadukou.liantu", "-r", "500104", by, "--top", "3", "-o", "lists.csv", "-O"});
    ASSERT_EQ(csv.exit, 0) << csv.err;
    EXPECT_TRUE(bytes_of(folder_ / "lists.csv").starts_with("\xEF\xBB\xBFlist,rank,"));
    const Ran book =
        liantu({"rank", "dadukou.liantu", "-r", "500104", by, "-o", "lists.xlsx", "-O"});
    EXPECT_EQ(book.exit, 0) << book.err;
  }
  expect_refused({"rank", "dadukou.liantu", "-r", "500104", "--office", "--channel"}, 2,
                 {"give one of --by-chain, --office and --channel"}, {"只能给出其一"});
  expect_refused({"rank", "dadukou.liantu", "-r", "500104", "--on-several"}, 2,
                 {"--on-several goes with"}, {"--on-several 须与"});
  expect_refused({"rank", "dadukou.liantu", "-r", "500104", "--seed", "3"}, 2,
                 {"--seed goes with --draws"}, {"--seed 须与 --draws"});
}

TEST_F(Dadukou, ExplainComparesAssumesAndWritesMarkdown) {
  const Words asked = {"explain", "dadukou.liantu", "-r", "500104", "--firm", "示例惠州"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), asked.begin(), asked.end());
    return more;
  };
  const Ran ran = liantu(with({"--compare", "示例绵阳湉钧", "--assume", "revenue=50亿", "--json"}));
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const rapidjson::Document all = parsed(ran.out);
  EXPECT_NE(std::string(all["why"]["en"].GetString()).find("rank"), std::string::npos);
  EXPECT_TRUE(all["lift"].IsObject());
  EXPECT_TRUE(all["against"].IsArray());
  EXPECT_NEAR(all["compared"]["ahead"].GetDouble(),
              all["row"]["score"].GetDouble() - all["compared"]["score"].GetDouble(), 1e-9);
  EXPECT_TRUE(all["compared"]["decides"].IsString());
  EXPECT_GT(all["assumed"]["row"]["score"].GetDouble(), all["row"]["score"].GetDouble());
  const Ran page = liantu(with({"--compare", "示例绵阳湉钧", "-f", "md"}));
  ASSERT_EQ(page.exit, 0) << page.err;
  EXPECT_TRUE(page.out.starts_with("# 示例惠州"));
  EXPECT_NE(page.out.find("\n## compared with 示例绵阳"), std::string::npos);
  const std::vector<std::tuple<std::string, std::string, std::string>> wrong = {
      {"planet=Mars", "fields: region", "字段：地区"},
      {"revenue", "write FIELD=VALUE", "请写 字段=值"},
      {"revenue=-1", "write an amount", "请写不小于 0"},
      {"revenue=much", "write an amount", "请写不小于 0"},
      {"share=隔膜:2", "write a share", "请写 0 到 1"},
      {"output=1亿", "write the segment, a colon", "请写 环节:数值"},
      {"region=nowhere", "this is not a region", "不是有效的地区"}};
  for (const auto& [words, en, zh] : wrong)
    expect_refused(with({"--assume", words}), 2, {en}, {zh});
  expect_refused(with({"--compare", "示例惠州"}), 2, {"the same firm"}, {"同一家企业"});
  expect_refused(with({"--compare", "示例岚桐"}), 2, {"it is not on the list"}, {"不在清单上"});
}

TEST_F(Dadukou, IntroOfAFirmOfTheDistrictIsANegativeAnswer) {
  const Ran ran = liantu({"intro", "dadukou.liantu", "示例铎础小面食品有限公司", "-r", "500104"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.out.find("no way is known"), std::string::npos) << ran.out;
}

TEST_F(Dadukou, IntroRefusesCallsThatItCannotRead) {
  for (const char* words : {"mayor=3", "chamber", "chamber=many", "chamber=-1", "=3", "商会=3.5"}) {
    const Ran ran = liantu({"intro", "dadukou.liantu", "-r", "500104", "--calls", words});
    EXPECT_EQ(ran.exit, 2) << words;
    EXPECT_NE(ran.err.find("--calls"), std::string::npos) << ran.err;
  }
}

TEST_F(Dadukou, ExplainOfAFirmThatIsNoProspectIsNegativeAndSaysWhy) {
  for (const auto& [language, words] :
       {std::pair("en", "is not on the list: "), std::pair("zh", "不在清单上：")}) {
    const Ran ran = liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm",
                            "示例铎础小面食品有限公司", "--lang", language});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
  }
  const Ran json = liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm",
                           "示例铎础小面食品有限公司", "--json"});
  EXPECT_EQ(json.exit, 1);
  const rapidjson::Document answer = parsed(json.out);
  EXPECT_STREQ(answer["status"].GetString(), "not_listed");
  EXPECT_STREQ(answer["reason"]["en"].GetString(), "it is in the district itself");
  EXPECT_TRUE(answer["row"].IsNull());
  expect_refused({"explain", "dadukou.liantu", "-r", "500104", "--firm", " "}, 2,
                 {"--firm is empty", "name"}, {"--firm 为空", "名称"});
  expect_refused({"explain", "dadukou.liantu", "-r", "500104", "--firm", "无此企业"}, 2,
                 {"无此企业"}, {"无此企业"});
  expect_refused({"explain", "dadukou.liantu", "-r", "500104", "--firm", "示例"}, 2,
                 {"\"示例\" fits 201 firms"}, {"“示例”对应 201 家企业"});
}

TEST_F(Dadukou, MapIsDrawn) {
  if (liantu({"map", "dadukou.liantu", "-r", "500104", "-o", "probe.svg"}).exit == 4) {
    GTEST_SKIP() << "Graphviz is not installed";
  }
  const Ran ran = liantu({"map", "dadukou.liantu", "--region", "500104", "-o", "map.svg"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  const std::string svg = bytes_of(folder_ / "map.svg");
  EXPECT_NE(svg.find("<svg"), std::string::npos);
  EXPECT_NE(svg.find("</svg>"), std::string::npos);
  EXPECT_NE(svg.find("小麦粉"), std::string::npos);
  EXPECT_NE(svg.find("<desc>liantu "), std::string::npos);
  EXPECT_NE(svg.find("--region 500104"), std::string::npos);
  const Ran dot = liantu({"map", "dadukou.liantu", "--region", "大渡口区", "-o", "-"});
  EXPECT_EQ(dot.exit, 0) << dot.err;
  EXPECT_TRUE(dot.out.starts_with("// liantu ")) << dot.out.substr(0, 80);
  EXPECT_NE(dot.out.find("graph"), std::string::npos);
  EXPECT_NE(dot.out.find("小麦粉"), std::string::npos);
}

TEST_F(Dadukou, ListsAreWrittenForSpreadsheets) {
  const auto lines = [&](const Words& call, const char* language) {
    Words spoken = call;
    spoken.insert(spoken.end(), {"-o", "list.csv", "-O", "--lang", language});
    const Ran ran = liantu(spoken);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(bytes_of(folder_ / "list.csv").starts_with("\xEF\xBB\xBF"));
    return lines_of(folder_ / "list.csv");
  };
  for (const char* language : {"en", "zh"}) {
    const Words found = lines({"gaps", "dadukou.liantu", "-r", "500104"}, language);
    // Headings, rows, an empty line, the count, the anchors, firms of unknown region, the order,
    // what critical means, how it was made.
    EXPECT_EQ(found.size(), 1 + 82U + 7U);
    EXPECT_NE(found.back().find("dadukou.liantu"), std::string::npos) << found.back();
    EXPECT_NE(found.back().find("2025-02-08"), std::string::npos) << found.back();
    EXPECT_NE(found[1].find("小麦粉"), std::string::npos) << found[1];
    const Words list = lines({"rank", "dadukou.liantu", "-r", "500104", "-n", "7"}, language);
    EXPECT_GE(list.size(), 1 + 7U);
  }
}

TEST_F(Dadukou, TablesForTheTerminalAreSpoken) {
  for (const auto& [language, missing] : {std::pair("en", "missing"), std::pair("zh", "缺链")}) {
    const Ran gaps = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--lang", language});
    EXPECT_EQ(gaps.exit, 0);
    EXPECT_NE(gaps.out.find(missing), std::string::npos) << gaps.out;
    EXPECT_EQ(gaps.out.find('\033'), std::string::npos);  // no colour off a terminal
    const Ran rank = liantu({"rank", "dadukou.liantu", "-r", "500104", "--lang", language});
    EXPECT_EQ(rank.exit, 0);
    EXPECT_NE(rank.out.find(prospects("1")["prospects"][0]["name"].GetString()), std::string::npos);
  }
}

TEST_F(Dadukou, DemoDoesTheWholeJob) {
  const Ran ran = liantu({"demo", "--data", dadukou(), "-o", "demo", "--lang", "zh"});
  if (ran.exit == 4 && ran.err.find("graphviz") != std::string::npos) {
    GTEST_SKIP() << "Graphviz is not installed";
  }
  ASSERT_EQ(ran.exit, 0) << ran.err;
  for (const char* name : {"prospects.csv", "gaps.csv", "map.svg", "map.dot", "graph.liantu"}) {
    EXPECT_GT(fs::file_size(folder_ / "demo" / name), 0U) << name;
    EXPECT_NE(ran.out.find(name), std::string::npos);
  }
  EXPECT_EQ(bytes_of(folder_ / "demo/graph.liantu"), bytes_of(folder_ / "dadukou.liantu"));
  write("demo/gaps.csv", "mine");
  expect_refused({"demo", "--data", dadukou(), "-o", "demo"}, 4, {"prospects.csv exists", "-O"},
                 {"prospects.csv 已存在", "-O"});
  EXPECT_EQ(bytes_of(folder_ / "demo/gaps.csv"), "mine");
  const Ran again = liantu({"demo", "--data", dadukou(), "-o", "demo", "-O", "--json"});
  ASSERT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(parsed(again.out)["files"].Size(), 5U);
  EXPECT_NE(bytes_of(folder_ / "demo/gaps.csv"), "mine");
}

TEST_F(Dadukou, ADemoThatFailsLeavesNoFolder) {
  write("empty/x.txt", "");
  EXPECT_EQ(liantu({"demo", "--data", "empty", "-o", "demo"}).exit, 3);
  EXPECT_FALSE(fs::exists(folder_ / "demo"));
}

TEST_F(Dadukou, AScreenedFirmIsListedWithItsReasonAndExplainedAsNegative) {
  const rapidjson::Document list = prospects("0");
  ASSERT_EQ(list["screened"].Size(), list["screened_count"].GetUint());
  const std::string name = list["screened"][0]["name"].GetString();
  const std::string why = list["screened"][0]["screened_by"]["en"].GetString();
  const Ran rank = liantu({"rank", "dadukou.liantu", "-r", "500104", "-n", "0", "-f", "csv"});
  const std::size_t at = rank.out.find(name);
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(rank.out.substr(at, rank.out.find("\r\n", at) - at).find(why), std::string::npos);
  const Ran explain = liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm", name});
  EXPECT_EQ(explain.exit, 1);
  EXPECT_NE(explain.out.find(why), std::string::npos) << explain.out;
}

TEST_F(Dadukou, ACutListSaysOfHowMany) {
  const Ran gaps = liantu({"gaps", "dadukou.liantu", "-r", "500104", "-n", "10"});
  EXPECT_NE(gaps.out.find("\ngaps: 10 of 82\n"), std::string::npos) << gaps.out;
  const Ran rank = liantu({"rank", "dadukou.liantu", "-r", "500104", "-n", "2", "--lang", "zh"});
  EXPECT_NE(rank.out.find("注册地待核 4 家，列出 2 家"), std::string::npos) << rank.out;
}

TEST_F(Dadukou, AroundAnAnchorOnlyWhatItNeedsRaisesOrCouldSupplyIsListed) {
  const rapidjson::Document all = gaps();
  const Ran ran = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--anchor", "岚桐", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const rapidjson::Document around = parsed(ran.out);
  EXPECT_EQ(around["gap_count"], all["gap_count"]);
  EXPECT_EQ(around["matching_count"].GetUint(), around["gaps"].Size());
  std::set<std::string> named;
  double last = 1e18;
  for (const Value& gap : around["gaps"].GetArray()) {
    if (std::string_view(gap["kind"].GetString()) == "hidden") continue;
    named.insert(gap["segment"].GetString());
    EXPECT_TRUE(words_of(gap["anchors"]).contains("示例岚桐医疗器械有限公司"));
    if (!gap["anchor_demand"].IsNumber()) continue;
    EXPECT_LE(gap["anchor_demand"].GetDouble(), last) << gap["segment"].GetString();
    last = gap["anchor_demand"].GetDouble();
  }
  std::set<std::string> expected;
  for (const Value& gap : all["gaps"].GetArray()) {
    if (words_of(gap["anchors"]).contains("示例岚桐医疗器械有限公司")) {
      expected.insert(gap["segment"].GetString());
    }
  }
  EXPECT_EQ(named, expected);
  const Ran table = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--anchor", "岚桐"});
  EXPECT_TRUE(
      table.out.starts_with("19 of 82 gaps in the industry chains, those that "
                            "示例岚桐医疗器械 needs or could supply"))
      << table.out;
}

TEST_F(Dadukou, AnAnchorIsFoundByPartOfItsName) {
  const Ran part =
      liantu({"gaps", "dadukou.liantu", "-r", "500104", "--anchor", "岚桐医疗", "--json"});
  ASSERT_EQ(part.exit, 0) << part.err;
  EXPECT_STREQ(parsed(part.out)["anchors"]["firms"][0].GetString(), "示例岚桐医疗器械有限公司");
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--anchor", "示例"}, 2,
                 {"--anchor", "fits 201 firms"}, {"--anchor", "对应 201 家企业"});
}

// Every example that a help page gives runs in the folder where the tables lie.
TEST_F(Dadukou, ExamplesOfTheHelpPagesRun) {
  fs::create_directory(folder_ / "graphs");
  fs::copy(dadukou(), folder_ / "graphs/dadukou", fs::copy_options::recursive);
  fs::copy(dadukou() / "../../examples", folder_ / "examples", fs::copy_options::recursive);
  fs::remove(folder_ / "dadukou.liantu");
  std::istringstream help(liantu({"--help"}).out);
  std::size_t examples = 0;
  for (std::string line; std::getline(help, line);) {
    if (!line.starts_with("  liantu ")) continue;
    std::istringstream words(line.substr(9));
    Words arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    if (arguments.front() == "league") {
      Words import = {"ledger", "import", "district.ledger"};
      for (const char* table : {"projects", "funds", "teams", "contacts"}) {
        import.push_back("examples/ledger/" + std::string(table) + ".csv");
      }
      ASSERT_EQ(liantu(import).exit, 0);
    }
    const Ran ran = liantu(arguments);
    if (ran.exit == 4 && ran.err.find("graphviz") != std::string::npos) continue;
    EXPECT_EQ(ran.exit, 0) << line << '\n' << ran.err;
    const std::string own = liantu({arguments.front(), "--help"}).out;
    EXPECT_NE(own.find("example: " + line.substr(2)), std::string::npos) << own;
    ++examples;
  }
  EXPECT_GE(examples, 4U);
}

// ---- the same input, the same bytes ----

TEST_F(Dadukou, SameInputGivesTheSameBytesWhateverFolderAndLocale) {
  fs::create_directories(folder_ / "一");
  fs::copy(dadukou(), folder_ / "一/tables", fs::copy_options::recursive);
  fs::create_directories(folder_ / "other");
  fs::copy(dadukou(), folder_ / "other/表", fs::copy_options::recursive);
  const std::vector<Words> calls = {
      {"gaps", "x.liantu", "-r", "500104", "-o", "gaps.json"},
      {"gaps", "x.liantu", "-r", "500104", "-o", "gaps.csv", "--lang", "zh"},
      {"rank", "x.liantu", "-r", "500104", "-n", "0", "-o", "rank.json"},
      {"rank", "x.liantu", "-r", "500104", "-n", "0", "-o", "rank.csv", "--lang", "zh"},
      {"map", "x.liantu", "-r", "500104", "-o", "map.dot", "--lang", "zh"},
      {"map", "x.liantu", "-r", "500104", "-o", "map.svg", "--lang", "zh"}};
  const Setting one{folder_ / "一", {{"LC_ALL", "C"}, {"TZ", "UTC"}}};
  const Setting other{folder_ / "other", {{"LC_ALL", "zh_CN.UTF-8"}, {"TZ", "Asia/Shanghai"}}};
  EXPECT_EQ(run({"build", "tables", "-o", "x.liantu"}, one).exit, 0);
  EXPECT_EQ(run({"build", "表", "-o", "x.liantu"}, other).exit, 0);
  for (const Words& call : calls) {
    EXPECT_EQ(run(call, one).exit, run(call, other).exit);
  }
  std::size_t compared = 0;
  for (const auto& entry : fs::directory_iterator(one.folder)) {
    if (!entry.is_regular_file()) continue;
    const fs::path name = entry.path().filename();
    EXPECT_EQ(bytes_of(entry.path()), bytes_of(other.folder / name)) << name;
    ++compared;
  }
  EXPECT_GE(compared, 6U);  // the drawing is missing where Graphviz is
}

// Within a gap of nothing the example takes longer than anybody waits.
TEST_F(Dadukou, AnInterruptedPlanIsPrintedWithItsGap) {
  const fs::path land = dadukou().parent_path().parent_path() / "examples" / "land";
  // On a slow machine the first plan takes longer; an interrupt before it ends with 130 and prints none.
  std::string printed;
  for (const int seconds : {2, 8, 30}) {
    Started program({"plan", "dadukou.liantu", "--region", "500104", "--sites", land / "地块.csv",
                     "--needs", land / "项目需求.csv", "--policy", land / "plan.json", "--gap", "0",
                     "--seconds", "100", "--json"},
                    {folder_, {}});
    ASSERT_TRUE(program.wait_until_interruptible());
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    ASSERT_TRUE(program.running());
    program.send(SIGINT);
    const Ran ran = program.wait();
    EXPECT_EQ(ran.exit, 130) << ran.err;
    printed = ran.out;
    if (!printed.empty()) break;
  }
  ASSERT_FALSE(printed.empty());
  const rapidjson::Document plan = parsed(printed);
  EXPECT_TRUE(plan["interrupted"].GetBool());
  EXPECT_GT(plan["placements"].Size(), 5U);
  EXPECT_GE(plan["bound"].GetDouble(), plan["value"].GetDouble());
}

}  // namespace
}  // namespace liantu::test
