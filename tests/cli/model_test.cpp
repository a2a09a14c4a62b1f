#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"
#include "liantu/base/files/digest.hpp"

namespace liantu::test {
namespace {

/// A district whose firms supply each other in rings, so that there is something to learn.
class Model : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    constexpr int kFirms = 1200;
    constexpr int kRing = 20;
    std::string firms = "企业名称,地区代码,龙头\n";
    std::string links = "供应商,客户\n";
    std::string makes = "企业,环节,产值(万元)\n";
    for (int i = 0; i < kFirms; ++i) {
      const bool anchor = i % kRing == 0 && i < 5 * kRing;
      firms += fmt::format("企业{},{},{}\n", i, anchor ? "500104" : "440305", anchor ? "是" : "");
      if (anchor) makes += fmt::format("企业{},整车,100000\n", i);
      if (i % 5 == 3 && i < 5 * kRing) makes += fmt::format("企业{},电池,{}\n", i, 1000 + i);
      for (const int step : {1, 4, 9, 16}) {
        links += fmt::format("企业{},企业{}\n", i, i / kRing * kRing + (i + step) % kRing);
      }
    }
    write("t/企业.csv", firms);
    write("t/供货.csv", links);
    write("t/主营.csv", makes);
    write("t/环节.csv", "环节,类型\n整车,产品\n电池,产品\n");
    write("t/需要.csv", "产品,投入品,投入系数\n整车,电池,0.4\n");
    ASSERT_EQ(liantu({"build", "t", "-o", "g.liantu"}).exit, 0);
    const Ran trained = liantu({"train", "g.liantu", "-o", "m.json"});
    ASSERT_EQ(trained.exit, 0) << trained.err;
  }

  [[nodiscard]] rapidjson::Document json(const std::vector<std::string>& arguments) const {
    const Ran ran = liantu(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    rapidjson::Document document;
    document.Parse(ran.out.c_str());
    EXPECT_FALSE(document.HasParseError());
    return document;
  }

  /// The model with one piece replaced and the checksum made to fit, as another version would
  /// write it.
  [[nodiscard]] std::string model_with(const std::string& from, const std::string& to) const {
    std::string text = bytes_of(folder_ / "m.json");
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const std::string mark = "\"checksum\": \"";
    const std::size_t sum = text.find(mark) + mark.size();
    return text.replace(sum, 32, digest(text.substr(sum + 32)));
  }
};

TEST_F(Model, ATrainingThatIsEndedFromWithinSaysThatMemoryIsShort) {
  for (const int signal : {SIGABRT, SIGINT}) {
    Started program({"train", "g.liantu", "--force", "-o", "never.json", "--lang", "zh"},
                    {folder_, {}});
    pid_t worker = 0;
    const auto id = std::to_string(program.id());
    while (worker == 0 && program.running()) {
      std::ifstream("/proc/" + id + "/task/" + id + "/children") >> worker;
    }
    ASSERT_NE(worker, 0);
    if (signal == SIGINT) {
      program.send(signal);
    } else {
      ::kill(worker, signal);
    }
    const Ran ran = program.wait();
    EXPECT_EQ(ran.exit, signal == SIGINT ? 130 : 5) << ran.signal << ran.err;
    EXPECT_NE(ran.err, "");
    EXPECT_EQ(ran.err.find("申请不到内存") != std::string::npos, signal == SIGABRT) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "never.json"));
  }
}

TEST_F(Model, SaysHowLikelyALinkIsAndWhyBesideTheScore) {
  const auto with = json({"rank", "g.liantu", "-r", "500104", "--model", "m.json", "--json"});
  const auto without = json({"rank", "g.liantu", "-r", "500104", "--json"});
  EXPECT_FALSE(without.HasMember("model"));
  EXPECT_TRUE(with["model"]["used"].GetBool());
  EXPECT_STREQ(with["model"]["kind"].GetString(), "boosted_trees");
  ASSERT_EQ(with["prospects"].Size(), without["prospects"].Size());
  std::size_t linked = 0;
  for (rapidjson::SizeType i = 0; i < with["prospects"].Size(); ++i) {
    const auto& row = with["prospects"][i];
    EXPECT_EQ(row["score"], without["prospects"][i]["score"]);
    EXPECT_EQ(row["name"], without["prospects"][i]["name"]);
    const auto& link = row["link"];
    if (link.IsNull()) continue;
    ++linked;
    EXPECT_GE(link["probability"].GetDouble(), 0);
    EXPECT_LE(link["probability"].GetDouble(), 1);
    double sum = link["bias"].GetDouble();
    for (const auto& part : link["contributions"].GetArray()) sum += part["value"].GetDouble();
    EXPECT_NEAR(sum, link["margin"].GetDouble(), 1e-4);
  }
  EXPECT_GT(linked, 0U);
  // The model is an input whose digest is told.
  EXPECT_EQ(with["inputs"].Size(), 2U);
}

TEST_F(Model, IsSaidInTablesTooInBothLanguages) {
  const std::vector<std::string> rank = {"rank", "g.liantu", "-r", "500104", "--model", "m.json"};
  for (const auto& [language, column, note] : {std::tuple("en", " link", "link: how likely"),
                                               std::tuple("zh", "链接概率", "链接概率：")}) {
    std::vector<std::string> arguments = rank;
    arguments.insert(arguments.end(), {"--lang", language});
    const Ran table = liantu(arguments);
    EXPECT_EQ(table.exit, 0);
    EXPECT_NE(table.out.find(column), std::string::npos);
    EXPECT_NE(table.out.find(note), std::string::npos);
    arguments.insert(arguments.end(), {"-f", "csv"});
    const std::string csv = liantu(arguments).out;
    EXPECT_NE(csv.find("candidate_links "), std::string::npos);
    const Ran one = liantu({"explain", "g.liantu", "-r", "500104", "--model", "m.json", "--firm",
                            "企业88", "--lang", language});
    EXPECT_EQ(one.exit, 0);
    EXPECT_NE(one.out.find(language == std::string_view("zh") ? "常数项" : "bias"),
              std::string::npos);
  }
}

TEST_F(Model, BacktestsSayWhatProbabilitiesCameTrue) {
  const auto document = json({"evaluate", "g.liantu", "--group", "none", "--json"});
  std::size_t learned = 0;
  for (const auto& method : document["methods"].GetArray()) {
    const std::string name = method["method"].GetString();
    const bool says = name == "boosted_trees" || name == "logistic_regression";
    EXPECT_EQ(method.HasMember("reliability"), says) << name;
    if (!says) continue;
    ++learned;
    std::uint64_t pairs = 0;
    for (const auto& row : method["reliability"].GetArray()) pairs += row["pairs"].GetUint64();
    EXPECT_GT(pairs, 0U);
  }
  EXPECT_EQ(learned, 2U);
  const Ran page = liantu({"evaluate", "g.liantu", "-f", "html", "--lang", "en"});
  EXPECT_NE(page.out.find("Reliability of probabilities"), std::string::npos);
}

TEST_F(Model, BacktestsTakeTheScorecardOfAPolicy) {
  const auto mrr = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"evaluate", "g.liantu", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto document = json(arguments);
    std::map<std::string, double> found;
    for (const auto& method : document["methods"].GetArray()) {
      found[method["method"].GetString()] = method["mrr"].IsNull() ? -1 : method["mrr"].GetDouble();
    }
    return found;
  };
  write("p.json", R"({"links": {"l3_share": 1}})");
  const auto standard = mrr({});
  const auto own = mrr({"--policy", "p.json"});
  EXPECT_NE(own.at("scorecard"), standard.at("scorecard"));
  EXPECT_EQ(own.at("boosted_trees"), standard.at("boosted_trees"));
  write("bad.json", R"({"links": {"charm": 1}})");
  expect_refused({"evaluate", "g.liantu", "--policy", "bad.json"}, 3, {"bad.json:1:21", "charm"},
                 {"bad.json:1:21", "charm"});
}

TEST_F(Model, CutShortOrChangedIsRefusedAndOldOutputStays) {
  const std::string whole = bytes_of(folder_ / "m.json");
  write("cut.json", whole.substr(0, whole.size() / 2));
  std::string changed = whole;
  changed[changed.find("\"seed\": 1") + 8] = '2';
  write("changed.json", changed);
  write("old.csv", "old");
  for (const char* file : {"cut.json", "changed.json"}) {
    expect_refused({"rank", "g.liantu", "-r", "500104", "--model", file, "-O", "-o", "old.csv"}, 3,
                   {file, "liantu train"}, {file, "liantu train"});
    expect_refused({"explain", "g.liantu", "-r", "500104", "--firm", "企业88", "--model", file}, 3,
                   {file, "liantu train"}, {file, "liantu train"});
  }
  EXPECT_EQ(bytes_of(folder_ / "old.csv"), "old");
}

TEST_F(Model, OfAnotherVersionFeatureOrRelationIsRefused) {
  write("v.json", model_with("\"version\": 2", "\"version\": 1"));
  write("f.json", model_with("\"directed_l3_share\"", "\"charm\""));
  write("r.json", model_with("\"supplies\"", "\"owns\""));
  const auto refused = [&](const std::string& file, const std::string& en, const std::string& zh) {
    expect_refused({"rank", "g.liantu", "-r", "500104", "--force-model", "--model", file}, 3,
                   {file, en}, {file, zh});
  };
  refused("v.json", "version 1", "版本为 1");
  refused("f.json", "charm", "charm");
  refused("r.json", "owns", "owns");
}

TEST_F(Model, OfOtherLinksIsRefusedUnlessForced) {
  write("o.json", model_with("\"data\": \"", "\"data\": \"x"));
  expect_refused({"rank", "g.liantu", "-r", "500104", "--model", "o.json"}, 3,
                 {"o.json", "other links"}, {"o.json", "训练链接与本图不同"});
  const auto forced =
      json({"rank", "g.liantu", "-r", "500104", "--model", "o.json", "--force-model", "--json"});
  EXPECT_TRUE(forced["model"]["used"].GetBool());
}

TEST_F(Model, ThatDoesNotBeatDirectedL3IsNotUsedUnlessForced) {
  write("w.json", model_with("\"method\": \"boosted_trees\",\n   \"mrr\": ",
                             "\"method\": \"boosted_trees\",\n   \"mrr\": 0.0, \"was\": "));
  const Ran ran =
      liantu({"rank", "g.liantu", "-r", "500104", "--model", "w.json", "--json", "--lang", "en"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_NE(ran.err.find("--force-model"), std::string::npos);
  rapidjson::Document list;
  list.Parse(ran.out.c_str());
  EXPECT_FALSE(list["model"]["used"].GetBool());
  EXPECT_TRUE(list["prospects"][0]["link"].IsNull());
  const auto forced =
      json({"rank", "g.liantu", "-r", "500104", "--model", "w.json", "--force-model", "--json"});
  EXPECT_TRUE(forced["model"]["used"].GetBool());
  EXPECT_TRUE(forced["prospects"][0]["link"].IsObject());
}

TEST_F(Model, IsAnInputThatMustExist) {
  expect_refused({"rank", "g.liantu", "-r", "500104", "--model", "no.json"}, 4, {"no.json"},
                 {"no.json"});
  expect_refused({"rank", "g.liantu", "-r", "500104", "--model", "m.json", "-O", "-o", "m.json"}, 2,
                 {"m.json is an input"}, {"m.json 是输入文件"});
  expect_refused({"rank", "g.liantu", "-r", "500104", "--force-model"}, 2, {"--model"},
                 {"--model"});
}

}  // namespace
}  // namespace liantu::test
