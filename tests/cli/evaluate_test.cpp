#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"

namespace liantu::test {
namespace {

using Words = std::vector<std::string>;

class Evaluate : public InFolder {
 protected:
  /// The program's JSON; it must end with `exit`.
  rapidjson::Document json(Words arguments, int exit = 0) const {
    arguments.insert(arguments.begin(), "evaluate");
    arguments.emplace_back("--json");
    const Ran ran = liantu(arguments);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    rapidjson::Document document;
    document.Parse(ran.out.c_str());
    EXPECT_FALSE(document.HasParseError()) << ran.out << ran.err;
    return document;
  }

  static const rapidjson::Value& method(const rapidjson::Document& document,
                                        std::string_view name) {
    for (const auto& one : document["methods"].GetArray()) {
      if (one["method"].GetString() == name) return one;
    }
    throw std::runtime_error("no method " + std::string(name));
  }

  /// Forty customers of five suppliers each, in four groups that buy from the same.
  static std::string links(bool dated) {
    std::string text = dated ? "supplier,customer,date\n" : "supplier,customer\n";
    for (int c = 0; c < 40; ++c) {
      for (int k = 0; k < 5; ++k) {
        text += "s" + std::to_string(c % 4 * 6 + (c / 4 + k) % 6) + ",c" + std::to_string(c);
        if (dated) text += k == 4 ? ",2011-03-0" + std::to_string(1 + c % 9) : ",2009";
        text += "\n";
      }
    }
    return text;
  }
};

// ---- a train and a test file

TEST_F(Evaluate, RanksOfATestFileByHand) {
  // s2 supplies c1 and c2, s1 c1 only. c2 is asked for s1: the way c2 ← s2 → c1 ← s1 scores
  // (2 · 2)^-1/2; nothing else is reached but s2, which is known. Candidates of c2: s1, c1, c3, s3.
  write("train.csv", "supplier,customer\ns1,c1\ns2,c1\ns2,c2\ns3,c3\n");
  write("test.csv", "supplier,customer\ns1,c2\n");
  const auto document = json({"--train", "train.csv", "--test", "test.csv"}, 1);
  EXPECT_STREQ(document["schema"].GetString(), "liantu.evaluation/1");
  EXPECT_FALSE(document["conclusive"].GetBool());
  EXPECT_EQ(document["rounds"][0]["links"].GetInt(), 1);
  EXPECT_EQ(document["rounds"][0]["candidates"].GetInt(), 6);
  EXPECT_EQ(method(document, "directed_l3")["mrr"].GetDouble(), 1);
  // Two suppliers that are known nowhere else tie with two customers: places 1 to 4.
  EXPECT_EQ(method(document, "degree")["mrr"].GetDouble(), 1 / 1.5);
  EXPECT_TRUE(method(document, "attributes")["mrr"].IsNull());
  EXPECT_NE(std::string(method(document, "attributes")["unavailable"].GetString()), "");
}

TEST_F(Evaluate, SourcesMayStandAtEitherEnd) {
  write("train.csv", "supplier,customer\ns1,c1\ns2,c1\ns2,c2\n");
  write("test.csv", "supplier,customer\ns1,c2\ns3,c1\n");
  EXPECT_STREQ(json({"--train", "train.csv", "--test", "test.csv"}, 1)["sources"].GetString(),
               "to");
  const auto document =
      json({"--train", "train.csv", "--test", "test.csv", "--sources", "suppliers"}, 1);
  EXPECT_STREQ(document["sources"].GetString(), "from");
  EXPECT_EQ(document["rounds"][0]["sources"].GetInt(), 2);
}

TEST_F(Evaluate, ANameThatOnlyTheTestFileHasIsCold) {
  write("train.csv", "supplier,customer\ns1,c1\ns2,c1\ns2,c2\n");
  write("test.csv", "supplier,customer\ns9,c2\ns1,c2\n");
  const Ran ran =
      liantu({"evaluate", "--train", "train.csv", "--test", "test.csv", "--lang", "en"});
  EXPECT_EQ(ran.exit, 1) << ran.err;
  EXPECT_NE(ran.err.find("1 with one end known (cold)"), std::string::npos) << ran.err;
  EXPECT_NE(ran.out.find("cold answer"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("no conclusion: fewer than 30 hidden links"), std::string::npos);
}

TEST_F(Evaluate, RefusesATestFileWhoseNamesAreUnknown) {
  write("train.csv", "supplier,customer\ns1,c1\ns2,c1\ns2,c2\n");
  write("test.csv", "supplier,customer\ns1,c2\nnobody,nowhere\n");
  expect_refused({"evaluate", "--train", "train.csv", "--test", "test.csv"}, 3,
                 {"test.csv:3:1", "\"nobody\"", "--allow-unknown"},
                 {"test.csv:3:1", "“nobody”", "--allow-unknown"});
  EXPECT_EQ(json({"--train", "train.csv", "--test", "test.csv", "--allow-unknown"},
                 1)["rounds"][0]["links"]
                .GetInt(),
            2);
}

TEST_F(Evaluate, ColdLinksMayBeLeftOut) {
  write("train.csv", "supplier,customer\ns1,c1\ns2,c1\ns2,c2\n");
  write("test.csv", "supplier,customer\ns9,c2\ns1,c2\n");
  EXPECT_EQ(
      json({"--train", "train.csv", "--test", "test.csv", "--warm-only"}, 1)["rounds"][0]["links"]
          .GetInt(),
      1);
}

// ---- hiding

TEST_F(Evaluate, HidesAShareInSeveralRounds) {
  write("links.csv", links(false));
  const Words words = {"--edges", "links.csv", "--hide", "0.2", "--seed", "3", "--repeat", "2"};
  const auto document = json(words);
  EXPECT_TRUE(document["conclusive"].GetBool());
  EXPECT_EQ(document["rounds"].Size(), 2U);
  EXPECT_EQ(document["rounds"][0]["hidden"].GetInt(), 40);
  const auto& best = method(document, "directed_l3");
  EXPECT_STREQ(best["kind"].GetString(), "single");
  EXPECT_GT(best["mrr"].GetDouble(), method(document, "random")["mrr"].GetDouble());
  for (const char* name : {"mrr", "map", "hits@20", "recall@100", "auc", "auc_degree", "auc_pr"}) {
    const auto& ends = best["intervals"][name];
    ASSERT_EQ(ends.Size(), 2U) << name;
    EXPECT_LE(ends[0].GetDouble(), ends[1].GetDouble());
  }
  EXPECT_TRUE(best["spread"]["mrr"].IsNumber());
  EXPECT_LT(method(document, "random")["against_reference"]["map"]["p"].GetDouble(), 0.05);
  Words again = words;
  again.insert(again.begin(), "evaluate");
  EXPECT_EQ(liantu(again).out, liantu(again).out);
}

TEST_F(Evaluate, TheCapKeepsLongListsVisible) {
  write("links.csv", links(false) + "s0,c1\ns1,c2\n");  // two customers of six
  EXPECT_EQ(
      json({"--edges", "links.csv", "--hide", "0.2", "--cap", "6"})["rounds"][0]["hidden"].GetInt(),
      38);  // of 190
}

TEST_F(Evaluate, HidesWhatStartedLater) {
  write("links.csv", links(true));
  const auto document = json({"--edges", "links.csv", "--hide-after", "2011-01-01"});
  EXPECT_EQ(document["rounds"][0]["links"].GetInt(), 40);
  EXPECT_EQ(json({"--edges", "links.csv", "--hide-after", "2011-01-01", "--until", "2011-03-09",
                  "--columns", "supplier,customer,date"})["rounds"][0]["links"]
                .GetInt(),
            36);
}

TEST_F(Evaluate, UndirectedLinksAreAskedForAtBothEnds) {
  write("edges.txt", "1 2\n2 3\n3 4\n4 1\n1 3\n");
  const auto document = json({"--edges", "edges.txt", "--undirected", "--hide", "0.2"}, 1);
  EXPECT_EQ(document["rounds"][0]["hidden"].GetInt(), 2);
  EXPECT_EQ(document["rounds"][0]["sources"].GetInt(), 2);
}

TEST_F(Evaluate, AnyRelationOfAGraphMayBeAskedFor) {
  build_dadukou();
  for (const char* relation : {"supplies", "makes", "requires"}) {
    SCOPED_TRACE(relation);
    for (const char* end : {"from", "to"}) {
      const auto document =
          json({"dadukou.liantu", "--relation", relation, "--hide", "0.4", "--sources", end});
      EXPECT_STREQ(document["relation"].GetString(), relation);
      EXPECT_TRUE(method(document, "directed_l3")["mrr"].IsNumber());
    }
  }
  for (const char* pattern : {"links", "large", "firms"}) {
    EXPECT_TRUE(
        json({"dadukou.liantu", "--hide", "0.4", "--pattern", pattern})["conclusive"].GetBool())
        << pattern;
  }
}

TEST_F(Evaluate, WritesAPageWithCurves) {
  write("links.csv", links(false));
  const Ran ran =
      liantu({"evaluate", "--edges", "links.csv", "-o", "report.html", "--hide", "0.2"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const std::string page = bytes_of(folder_ / "report.html");
  EXPECT_NE(page.find("<polyline points="), std::string::npos);
  EXPECT_NE(page.find("directed_l3"), std::string::npos);
  EXPECT_NE(liantu({"evaluate", "--edges", "links.csv", "-f", "csv"}).out.find("MRR"),
            std::string::npos);
}

TEST_F(Evaluate, GapsAreSetBesideTheFirstMakersThatCame) {
  build_dadukou();
  const auto document = json({"dadukou.liantu", "--gaps", "--before", "2015"});
  EXPECT_STREQ(document["schema"].GetString(), "liantu.gap_backtest/1");
  std::map<std::string, double> hits;
  for (const auto& method : document["methods"].GetArray()) {
    hits[method["ranking"].GetString()] = method["hits"].GetDouble();
  }
  // Too little came in the years before for the sixth, `combined`.
  EXPECT_EQ(hits.size(), 5U);
  EXPECT_EQ(document["weights"].Size(), 0U);
  EXPECT_NE(liantu({"evaluate", "dadukou.liantu", "--gaps", "--before", "2015", "--lang", "en"})
                .out.find("combined: not available"),
            std::string::npos);
  EXPECT_EQ(document["totals"][0]["positives"].GetDouble(), 32);
  for (const auto& [ranking, found] : hits) EXPECT_LE(found, 32) << ranking;
  EXPECT_TRUE(document["methods"][0]["low"].IsNumber());
  expect_refused({"evaluate", "dadukou.liantu", "--gaps"}, 2, {"--before is missing"},
                 {"缺少 --before"});
  expect_refused({"evaluate", "dadukou.liantu", "--gaps", "--before", "soon"}, 2, {"--before soon"},
                 {"--before soon"});
  expect_refused({"evaluate", "dadukou.liantu", "--gaps", "--before", "2015", "--hide", "0.2"}, 2,
                 {"--hide is for backtests of links"}, {"--hide 用于链接回测"});
  expect_refused({"evaluate", "dadukou.liantu", "--before", "2015"}, 2,
                 {"--before goes with --gaps"}, {"--before 须与 --gaps 连用"});
}

TEST_F(Evaluate, GapsOfOneDistrictHaveNoInterval) {
  build_dadukou();
  const Words call = {"dadukou.liantu", "--gaps", "--before", "2015", "--region", "500104"};
  const auto document = json(call, 1);
  for (const auto& method : document["methods"].GetArray()) {
    EXPECT_TRUE(method["precision"].IsNumber());
    for (const char* end : {"low", "high", "over_random_low", "over_random_high"}) {
      EXPECT_TRUE(method[end].IsNull()) << end;
    }
  }
  Words table = {"evaluate"};
  table.insert(table.end(), call.begin(), call.end());
  EXPECT_NE(liantu(table).out.find("one district has none"), std::string::npos);
}

// ---- errors

TEST_F(Evaluate, RefusesAWrongCommandLine) {
  write("links.csv", links(false));
  write("g.liantu", "");
  const Words edges = {"evaluate", "--edges", "links.csv"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), edges.begin(), edges.end());
    return more;
  };
  struct Case {
    Words arguments;
    std::string said;
  };
  const std::vector<Case> cases = {
      {{"evaluate"}, "--edges"},
      {with({"g.liantu"}), "--train"},
      {{"evaluate", "--train", "links.csv"}, "--test"},
      {{"evaluate", "g.liantu", "--undirected"}, "--undirected"},
      {{"evaluate", "g.liantu", "--columns", "a,b"}, "--columns"},
      {{"evaluate", "--train", "links.csv", "--test", "links.csv", "--hide", "0.1"}, "--hide"},
      {with({"--hide-after", "2011", "--repeat", "3"}), "--repeat"},
      {with({"--until", "2011"}), "--until"},
      {with({"--allow-unknown"}), "--allow-unknown"},
      {with({"--relation", "sells"}), "supplies"},
      {with({"--relation", "makes"}), "makes"},
      {with({"--sources", "banks"}), "customers"},
      {with({"--hide", "1.5"}), "0.1"},
      {with({"--pattern", "all"}), "firms"},
      {with({"--columns", "a"}), "supplier,customer"},
      {with({"--columns", "a,,b"}), "supplier,customer"},
      {with({"--hide-after", "soon"}), "2011-01-01"},
      {with({"--repeat", "0"}), "--repeat 0"},
      {with({"--cap", "0"}), "--cap 0"},
      {with({"--most-sources", "0"}), "--most-sources 0"},
      {with({"--seed", "-1"}), "--seed -1"},
      {with({"--group", "town"}), "suffix"},
      {with({"--learn-from", "luck"}), "latest"},
      {with({"--no-learned", "--group", "none"}), "--no-learned"},
      {with({"--no-learned", "--policy", "p.json"}), "--no-learned"},
      {with({"-f", "svg"}), "html"},
  };
  for (const Case& one : cases) expect_refused(one.arguments, 2, {one.said}, {one.said});
}

TEST_F(Evaluate, RefusesInputItCannotUse) {
  write("links.csv", links(false));
  write("bad.csv", "supplier,customer,date\na,b,2011-01-01\nc,b,yesterday\n");
  write("twice.csv", "supplier,customer\na,b\nb,a\n");
  expect_refused({"evaluate", "--edges", "bad.csv", "--hide-after", "2011-01-01"}, 3,
                 {"bad.csv:3:5", "\"yesterday\" is not a date", "2011-05-17"},
                 {"bad.csv:3:5", "“yesterday”不是日期", "2011-05-17"});
  expect_refused({"evaluate", "--edges", "links.csv", "--hide-after", "2011-01-01"}, 3,
                 {"has a date"}, {"日期"});
  expect_refused({"evaluate", "--edges", "links.csv", "--columns", "from,to"}, 3,
                 {"links.csv:1:1", "supplier, customer"}, {"links.csv:1:1", "supplier、customer"});
  expect_refused({"evaluate", "--edges", "twice.csv"}, 3, {"no link of supplies may be hidden"},
                 {"没有可隐藏的链接"});
  expect_refused({"evaluate", "--edges", "none.csv"}, 4, {"none.csv"}, {"none.csv"});
  expect_refused({"evaluate", "--train", "links.csv", "--test", "links.csv"}, 3, {"links.csv"},
                 {"links.csv"});
  expect_refused({"evaluate", "--edges", "links.csv", "-o", "links.csv", "-O"}, 2, {"is an input"},
                 {"是输入文件"});
}

}  // namespace
}  // namespace liantu::test
