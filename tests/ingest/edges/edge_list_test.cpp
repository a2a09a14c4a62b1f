#include "liantu/ingest/edges/edge_list.hpp"

#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using Lines = std::vector<std::string>;

class EdgeList : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  IngestResult read(std::string_view content, bool undirected = false) {
    write_file(folder_ / "edges.txt", content, Overwrite::Yes);
    EdgeListOptions options;
    options.undirected = undirected;
    return read_edge_list(folder_ / "edges.txt", options);
  }

  /// Relations as `a→b`, in the order of their numbers.
  static Lines edges_of(const IngestResult& result) {
    Lines lines;
    const Relation supplies = result.graph.relation(RelationKind::Supplies);
    for (std::uint64_t e = 0; e < supplies.size(); ++e) {
      lines.push_back(std::string(result.graph.name(supplies.source(EdgeId{e}))) + "→" +
                      std::string(result.graph.name(supplies.target(EdgeId{e}))));
    }
    return lines;
  }
  static Lines firms_of(const IngestResult& result) {
    Lines names;
    for (std::uint32_t i = 0; i < result.graph.size(); ++i) {
      names.emplace_back(result.graph.name(EntityId{i}));
    }
    return names;
  }
  static Lines problems_of(const IngestResult& result) {
    Lines lines;
    for (const Problem& problem : result.problems) lines.push_back(problem.to_string(Language::En));
    return lines;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("liantu_edges_" + std::to_string(getpid()));
};

TEST_F(EdgeList, NumbersStandInAscendingOrder) {
  const IngestResult result = read("10 2\n2 7\n10 7\n");
  EXPECT_EQ(firms_of(result), (Lines{"2", "7", "10"}));
  EXPECT_EQ(edges_of(result), (Lines{"2→7", "10→2", "10→7"}));
  EXPECT_EQ(result.tables[0].rows, 3U);
  EXPECT_EQ(result.tables[0].used, 3U);
  EXPECT_EQ(result.problems, std::vector<Problem>{});
}

TEST_F(EdgeList, NamesStandAsTheyAreFirstNamed) {
  const IngestResult result = read("示例乙,示例甲\n\"示例丙\" , 示例甲\n");
  EXPECT_EQ(firms_of(result), (Lines{"示例乙", "示例甲", "示例丙"}));
  EXPECT_EQ(edges_of(result), (Lines{"示例乙→示例甲", "示例丙→示例甲"}));
}

TEST_F(EdgeList, SeparatorsHeadingsAndCommentsAreTold) {
  const Lines expected = {"1→2", "2→3"};
  EXPECT_EQ(edges_of(read("1 2\n2 3\n")), expected);
  EXPECT_EQ(edges_of(read("1,2\r\n2,3\r\n")), expected);
  EXPECT_EQ(edges_of(read("1\t2\n2\t3")), expected);
  EXPECT_EQ(edges_of(read("# a graph\n% of two edges\n\n1 2 0.5\n2 3 0.7\n")), expected);
  EXPECT_EQ(edges_of(read("supplier,customer\n1,2\n2,3\n")), expected);
  EXPECT_EQ(edges_of(read("甲方编号,乙方编号\n1,2\n2,3\n")), expected) << "words above numbers";
  EXPECT_EQ(edges_of(read("\xEF\xBB\xBF"
                          "1 2\n2 3\n")),
            expected);
  EXPECT_EQ(edges_of(read("Source\tTarget\na\tb\n")), (Lines{"a→b"}));
  EXPECT_EQ(edges_of(read("Anna Bert\nBert Carl\n")), (Lines{"Anna→Bert", "Bert→Carl"}));
}

TEST_F(EdgeList, UndirectedKeepsEachPairOnce) {
  EXPECT_EQ(edges_of(read("2 1\n1 2\n3 2\n2 3\n", true)), (Lines{"1→2", "2→3"}));
  EXPECT_EQ(edges_of(read("b,a\na,b\nc,a\n", true)), (Lines{"b→a", "a→c"}));
  EXPECT_EQ(edges_of(read("2 1\n1 2\n")), (Lines{"1→2", "2→1"}));
}

TEST_F(EdgeList, AnEdgeThatStandsTwiceIsOneRelation) {
  EXPECT_EQ(edges_of(read("1 2\n1 2\n1 2\n")), (Lines{"1→2"}));
}

TEST_F(EdgeList, EdgesToItselfAreCountedAndLinesWithoutTwoEndsAreNamed) {
  const IngestResult result = read("1 2\n3 3\n7\n\n2 1\n");
  EXPECT_EQ(edges_of(result), (Lines{"1→2", "2→1"}));
  EXPECT_EQ(result.tables[0].rows, 4U);
  EXPECT_EQ(result.tables[0].left_out, 2U);
  EXPECT_EQ(problems_of(result),
            (Lines{"edges.txt:3:1: the line has no two ends; write two ends, separated as in "
                   "the first line",
                   "edges.txt: 1 edges from an end to itself are left out; nothing to do"}));
}

TEST_F(EdgeList, ManyBadLinesAreCounted) {
  std::string content = "1 2\n";
  for (int i = 0; i < 1005; ++i) content += "7\n";
  const IngestResult result = read(content);
  EXPECT_EQ(result.problems.size(), 1001U);
  EXPECT_EQ(result.problems[999].place.line, 1001U);
  EXPECT_EQ(result.problems[1000].what.en, "5 more lines have no two ends");
}

TEST_F(EdgeList, NumbersFarApartOrTooLargeAreNames) {
  EXPECT_EQ(firms_of(read("4000000000 1\n1 5\n")), (Lines{"4000000000", "1", "5"}));
  EXPECT_EQ(firms_of(read("1 99999999999999999999\n")), (Lines{"1", "99999999999999999999"}));
  EXPECT_EQ(firms_of(read("1 2\n2 x\n")), (Lines{"1", "2", "x"}));
}

TEST_F(EdgeList, OtherEncodingsAreRead) {
  // 甲,乙 in GB18030.
  EXPECT_EQ(edges_of(read("\xBC\xD7,\xD2\xD2\n")), (Lines{"甲→乙"}));
}

TEST_F(EdgeList, AFileWithoutAnEdgeIsRefused) {
  for (const std::string_view content : {"", "# nothing\n", "1 1\n", "7\n", "from to\n"}) {
    try {
      read(content);
      ADD_FAILURE() << content;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData) << content;
      EXPECT_NE(error.message().en.find("there is no edge in it"), std::string::npos);
    }
  }
}

TEST_F(EdgeList, StoppingEndsIt) {
  std::stop_source stop;
  stop.request_stop();
  write_file(folder_ / "edges.txt", "1 2\n", Overwrite::Yes);
  EdgeListOptions options;
  options.stop = stop.get_token();
  try {
    static_cast<void>(read_edge_list(folder_ / "edges.txt", options));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

TEST_F(EdgeList, SaysHowFarItIsAndEndsWhereverItIsAsked) {
  for (const std::string_view content : {"1 2\n2 3\n", "甲 乙\n乙 丙\n"}) {
    std::vector<std::string> stages;
    std::uint64_t before = 0;
    EdgeListOptions watched;
    watched.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
      EXPECT_LE(done, total);
      if (stages.empty() || stages.back() != stage) before = 0;
      EXPECT_LE(before, done);
      before = done;
      stages.emplace_back(stage);
    };
    static_cast<void>(parse_edge_list(content, "a.txt", watched));
    EXPECT_EQ(stages.front(), "edges");
    EXPECT_EQ(stages.back(), "freeze");
    // The last word comes when nothing is left to be stopped but the copying of columns.
    for (std::size_t most = 1; most < stages.size(); ++most) {
      std::stop_source stop;
      std::size_t told = 0;
      EdgeListOptions options;
      options.stop = stop.get_token();
      options.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
        if (++told == most) stop.request_stop();
      };
      try {
        static_cast<void>(parse_edge_list(content, "a.txt", options));
        ADD_FAILURE() << most;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Cancelled);
      }
      EXPECT_EQ(told, most);
    }
  }
}

TEST_F(EdgeList, NumbersAndTheSameNumbersAsNamesMakeTheSameRelations) {
  std::mt19937 random(5);
  std::string numbers;
  std::set<std::pair<unsigned, unsigned>> expected;
  // More than one task's share of bytes.
  for (int i = 0; i < 700'000; ++i) {
    const auto a = static_cast<unsigned>(random() % 50'000);
    const auto b = static_cast<unsigned>(random() % 50'000);
    const std::string line = std::to_string(a) + " " + std::to_string(b) + "\n";
    numbers += line;
    if (a != b) expected.emplace(a, b);
  }
  const IngestResult result = read(numbers);
  const Relation supplies = result.graph.relation(RelationKind::Supplies);
  std::set<std::pair<unsigned, unsigned>> found;
  for (std::uint64_t e = 0; e < supplies.size(); ++e) {
    found.emplace(std::stoul(std::string(result.graph.name(supplies.source(EdgeId{e})))),
                  std::stoul(std::string(result.graph.name(supplies.target(EdgeId{e})))));
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(supplies.size(), expected.size());
  EXPECT_EQ(read(numbers + "0 zero\n").graph.relation(RelationKind::Supplies).size(),
            expected.size() + 1);
}

TEST_F(EdgeList, NumbersOfAnyLengthAreReadHoweverTheLineIsWritten) {
  std::mt19937 random(9);
  const std::vector<std::string> gaps = {" ", "\t", ",", ", ", "  ", " \t"};
  const std::vector<std::string> line_ends = {"\n", "\r\n", " \n", " 0.5\n", ",7,x\n", "\n\n"};
  std::string text;
  std::set<std::pair<std::string, std::string>> expected;
  for (int i = 0; i < 40'000; ++i) {
    // Up to seven digits, often as many as the number needs, sometimes with zeros in front.
    std::string ends[2];
    for (std::string& end : ends) {
      end = std::to_string(random() % (random() % 2 == 0 ? 1'000U : 1'500'000U));
    }
    if (ends[0] != ends[1]) expected.emplace(ends[0], ends[1]);
    text += (random() % 50 == 0 ? "0000" : "") + ends[0] + gaps[random() % gaps.size()] + ends[1] +
            line_ends[random() % line_ends.size()];
  }
  text += "1499999 1500000";
  expected.emplace("1499999", "1500000");
  const IngestResult result = read(text);
  std::set<std::pair<std::string, std::string>> found;
  const Relation supplies = result.graph.relation(RelationKind::Supplies);
  for (std::uint64_t e = 0; e < supplies.size(); ++e) {
    found.emplace(std::string(result.graph.name(supplies.source(EdgeId{e}))),
                  std::string(result.graph.name(supplies.target(EdgeId{e}))));
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(supplies.size(), expected.size());
}

TEST_F(EdgeList, NumbersOfEightDigitsAreRead) {
  // Dense enough not to be taken for names.
  std::string text = "4000000 70000000\n70000000 3\n";
  for (int i = 0; i < 1'200'000; ++i) text += "1 2\n";
  const IngestResult result = read(text);
  EXPECT_EQ(firms_of(result), (Lines{"1", "2", "3", "4000000", "70000000"}));
  EXPECT_EQ(edges_of(result), (Lines{"1→2", "4000000→70000000", "70000000→3"}));
}

TEST_F(EdgeList, AFileOfAnotherKindMakesNoFirms) {
  for (const char* text :
       {"<!DOCTYPE html>\n<html><body>a b</body></html>\n", "<?xml version=\"1.0\"?>\n<graphml>\n",
        "[{\"from\": \"a\", \"to\": \"b\"}]\n", "%PDF-1.4\na b\n", "PK\x03\x04 a\n",
        "供应商,客户,written by liantu\n甲,乙,\n", "供应商,客户,由链图（liantu）生成\n甲,乙,\n"}) {
    try {
      (void)parse_edge_list(text, "e.csv", {});
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData) << text;
      EXPECT_NE(std::string(error.what()).find("e.csv: this is "), std::string::npos) << text;
    }
  }
  EXPECT_THROW((void)parse_edge_list(std::string_view("a b\0\n", 5), "e.txt", {}), Error);
}

}  // namespace
}  // namespace liantu
