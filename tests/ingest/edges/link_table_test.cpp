#include "liantu/ingest/edges/link_table.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

class LinkTableTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "liantu-links-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }

  fs::path folder_;
};

/// `a>x@2011; …` in the order of the graph.
std::string said(const EnterpriseGraph& graph, RelationKind kind = RelationKind::Supplies) {
  const Relation relation = graph.relation(kind);
  std::string words;
  for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
    const std::string date = relation.provenance(EdgeId{edge}).since.to_string();
    words += (words.empty() ? "" : "; ") + std::string(graph.name(relation.source(EdgeId{edge}))) +
             ">" + std::string(graph.name(relation.target(EdgeId{edge}))) +
             (date.empty() ? "" : "@" + date);
  }
  return words;
}

std::string message_of(const auto& call, ErrorCode code) {
  try {
    static_cast<void>(call());
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_FALSE(error.message().zh.empty());
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST_F(LinkTableTest, FindsColumnsByTheirHeadings) {
  EXPECT_EQ(said(read_links(write("a.csv", "customer,supplier\nx,a\nx,b\n")).graph), "a>x; b>x");
  EXPECT_EQ(
      said(read_links(write("b.csv", "company,investor,date\nx,p,2011-05-01\ny,p,2010\n")).graph),
      "p>x@2011-05-01; p>y@2010");
  EXPECT_EQ(said(read_links(write("c.csv", "供应商,客户\n甲,乙\n")).graph), "甲>乙");
  EXPECT_EQ(said(read_links(write("d.csv", "from,to\n1,2\n")).graph), "1>2");
  LinkTableOptions options;
  options.columns = {"who", "whom", "when"};
  EXPECT_EQ(said(read_links(write("e.csv", "when,whom,who\n2009-01-02,x,a\n"), options).graph),
            "a>x@2009-01-02");
}

TEST_F(LinkTableTest, ReadsPlainListsToo) {
  EXPECT_EQ(said(read_links(write("a.txt", "1 2\n2 3\n")).graph), "1>2; 2>3");
  EXPECT_EQ(said(read_links(write("a.csv", "1,2\n2,3\n")).graph), "1>2; 2>3");
  EXPECT_EQ(said(read_links(write("b.txt", "# from to\na b\n")).graph), "a>b");
  EXPECT_EQ(said(read_links(write("c.txt", "from\tto\tdate\na\tb\t2011\n")).graph), "a>b@2011");
}

TEST_F(LinkTableTest, ALinkIsOneSinceItsEarliestDate) {
  const LinkTable table = read_links(write(
      "a.csv", "from,to,date\na,x,2011-05-01\n a ,x,2010-01-01\na,x,\na,x,2010-02-01\na,y,\n"));
  EXPECT_EQ(said(table.graph), "a>x@2010-01-01; a>y");
  EXPECT_EQ(table.rows, 5U);
  EXPECT_TRUE(table.problems.empty());
}

TEST_F(LinkTableTest, UndirectedLinksAreThereInBothDirections) {
  LinkTableOptions options;
  options.undirected = true;
  EXPECT_EQ(said(read_links(write("a.csv", "from,to\na,b\nb,a\nb,c\n"), options).graph),
            "a>b; b>a; b>c; c>b");
}

TEST_F(LinkTableTest, LinksMayBeOfAnyRelationBetweenFirms) {
  LinkTableOptions options;
  options.relation = RelationKind::Owns;
  EXPECT_EQ(said(read_links(write("a.csv", "investor,company\np,x\n"), options).graph,
                 RelationKind::Owns),
            "p>x");
  options.relation = RelationKind::Makes;
  message_of([&] { return read_links(folder_ / "a.csv", options); }, ErrorCode::InvalidArgument);
}

TEST_F(LinkTableTest, RowsThatCannotBeUsedAreToldWithTheirPlace) {
  const LinkTable table = read_links(
      write("a.csv", "from,to,date\na,x,2011\n,x,2011\nb,b,2011\nb,x,soon\nb,x,2011-13-01\n"));
  EXPECT_EQ(said(table.graph), "a>x@2011");
  std::vector<std::string> told;
  for (const Problem& problem : table.problems) told.push_back(problem.to_string(Language::En));
  ASSERT_EQ(told.size(), 4U);
  EXPECT_TRUE(told[0].starts_with("a.csv:3:1: ")) << told[0];
  EXPECT_TRUE(told[1].starts_with("a.csv:5:5: ")) << told[1];
  EXPECT_NE(told[1].find("\"soon\" is not a date"), std::string::npos) << told[1];
  EXPECT_NE(told[1].find("2011-05-17"), std::string::npos) << told[1];
  EXPECT_TRUE(told[2].starts_with("a.csv:6:5: ")) << told[2];
  EXPECT_NE(told[3].find("1 links from a firm to itself"), std::string::npos) << told[3];
}

TEST_F(LinkTableTest, OfManyBadRowsTheFirstHundredAreTold) {
  std::string text = "from,to\na,b\n";
  for (int i = 0; i < 150; ++i) text += ",b\n";
  const LinkTable table = read_links(write("a.csv", text));
  ASSERT_EQ(table.problems.size(), 101U);
  EXPECT_NE(table.problems.back().what.en.find("50 more"), std::string::npos);
}

TEST_F(LinkTableTest, RefusesFilesWithoutLinks) {
  const auto message = [&](const fs::path& path, const LinkTableOptions& options = {}) {
    return message_of([&] { return read_links(path, options); }, ErrorCode::InvalidData);
  };
  EXPECT_NE(message(write("a.csv", "from,to\n,\na,\n")).find("a.csv:3:"), std::string::npos);
  LinkTableOptions options;
  options.columns = {"who", "to", ""};
  const std::string words = message(write("b.csv", "from,to\na,b\n"), options);
  EXPECT_NE(words.find("b.csv:1:1: there is no column \"who\"; the headings are from, to"),
            std::string::npos)
      << words;
  EXPECT_NE(message(write("c.txt", "1 2\n"), options).find("no headings"), std::string::npos);
  message_of([&] { return read_links(folder_ / "none.csv"); }, ErrorCode::Io);
}

TEST_F(LinkTableTest, ATestFileIsHiddenBesideTheOther) {
  const LinkSplit split =
      read_link_split(write("train.csv", "supplier,customer\na,x\nb,x\na,y\n"),
                      write("test.csv", "supplier,customer\nb,y\na,x\nc,y\np,q\n"));
  EXPECT_EQ(said(split.table.graph), "a>x; a>y; b>x; b>y; c>y; p>q");
  EXPECT_EQ(split.hidden, (std::vector<EdgeId>{EdgeId{3}, EdgeId{4}, EdgeId{5}}));
  EXPECT_EQ(split.known, 1U);
  EXPECT_EQ(split.half_known, 1U);
  EXPECT_EQ(split.unknown, 1U);
  ASSERT_EQ(split.table.problems.size(), 1U);
  EXPECT_EQ(split.table.problems[0].to_string(Language::En).find("test.csv:5:1: "), 0U);
  EXPECT_EQ(split.table.digests.size(), 2U);
}

TEST_F(LinkTableTest, UndirectedTestLinksAreHiddenBothWays) {
  LinkTableOptions options;
  options.undirected = true;
  const LinkSplit split = read_link_split(write("train.csv", "from,to\na,b\nb,c\n"),
                                          write("test.csv", "from,to\nb,a\nc,a\n"), options);
  EXPECT_EQ(said(split.table.graph), "a>b; a>c; b>a; b>c; c>a; c>b");
  EXPECT_EQ(split.hidden, (std::vector<EdgeId>{EdgeId{1}, EdgeId{4}}));
  EXPECT_EQ(split.known, 1U);
}

TEST_F(LinkTableTest, RefusesATestFileThatHidesNothing) {
  const fs::path train = write("train.csv", "from,to\na,b\nb,c\n");
  const fs::path test = write("test.csv", "from,to\na,b\n");
  const std::string words =
      message_of([&] { return read_link_split(train, test); }, ErrorCode::InvalidData);
  EXPECT_NE(words.find("test.csv"), std::string::npos) << words;
}

}  // namespace
}  // namespace liantu
