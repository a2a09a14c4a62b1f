#include "liantu/ingest/written_list.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

class WrittenLists : public testing::Test {
 protected:
  WrittenList read(const std::string& text) {
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        (std::string("liantu_written_") +
         testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    WrittenList list = read_written_list(path);
    std::filesystem::remove(path);
    return list;
  }

  static std::string message(const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      return error.message().en;
    }
    return {};
  }
};

TEST_F(WrittenLists, RowsPartsAndEvidenceAreReadFromTheChineseList) {
  const WrittenList list = read(
      "名次,类别,企业,统一社会信用代码,得分（0–100）,规模（分）,可补环节,至多带回采购额（元/年）,"
      "证据［依据］来源,尚缺信息\n"
      "1,招商对象,示例甲,\"=\"\"Y1\"\"\",70.5,4.79,电池（缺链）、隔膜（弱链）,3000000,"
      "主营: 示例甲 → 电池 [明示] 主营.csv!3；供货: 示例甲 → 示例乙 [明示] 供货.csv!9,营业收入\n"
      ",已筛除,示例丙,,20,1,电池（缺链）,,,\n"
      "\n招商对象 1 家\n");
  ASSERT_EQ(list.rows.size(), 2U);
  const WrittenRow& first = list.rows[0];
  EXPECT_EQ(first.name, "示例甲");
  EXPECT_EQ(first.code, "Y1");
  EXPECT_EQ(first.status, "prospect");
  EXPECT_EQ(first.rank, 1U);
  EXPECT_EQ(first.score, 70.5);
  EXPECT_EQ(first.parts, (std::map<std::string, double>{{"scale", 4.79}}));
  EXPECT_EQ(first.gaps, (std::vector<std::string>{"电池", "隔膜"}));
  EXPECT_EQ(first.purchases, 3e6);
  EXPECT_EQ(first.evidence,
            (std::vector<WrittenEvidence>{{"主营: 示例甲 → 电池", "明示", "主营.csv!3"},
                                          {"供货: 示例甲 → 示例乙", "明示", "供货.csv!9"}}));
  EXPECT_EQ(first.unknown, (std::vector<std::string>{"营业收入"}));
  EXPECT_EQ(list.rows[1].status, "screened");
  EXPECT_EQ(list.rows[1].rank, 0U);
}

TEST_F(WrittenLists, ColumnsMayStandAnywhereAndAmountsInTenThousands) {
  const WrittenList list =
      read("firm,\"brings home at most, 10,000 CNY/year\",rank\nA,12.5,\"3 (1–7)\"\n");
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].rank, 3U);
  EXPECT_EQ(list.rows[0].purchases, 125000);
}

TEST_F(WrittenLists, ATableOfSomethingElseIsRefused) {
  EXPECT_NE(message([&] { (void)read("名称,地区\n甲,重庆\n"); }).find("prospect list"),
            std::string::npos);
}

TEST_F(WrittenLists, ARankThatIsNoNumberIsToldWithItsPlace) {
  EXPECT_NE(message([&] { (void)read("名次,企业\n1,甲\n首位,乙\n"); }).find(":3"),
            std::string::npos);
}

TEST_F(WrittenLists, ANumberThatNoListHasIsToldWithItsPlace) {
  EXPECT_NE(message([&] { (void)read("名次,企业,得分（0–100）\n1,甲,70\n2,乙,101\n"); }).find(":3"),
            std::string::npos);
  EXPECT_NE(message([&] { (void)read("名次,企业,得分（0–100）\n1,甲,-1\n"); }).find("0 to 100"),
            std::string::npos);
  const auto json = [](std::string_view status, std::string_view rank, std::string_view score) {
    return fmt::format(
        R"({{"schema": "liantu.prospects/1", "prospect_count": 1, "prospects": [
{{"name": "甲", "status": "{}", "rank": {}, "score": {}, "parts": {{}}, "gaps": [], "unknown": [],
 "evidence": []}}], "unlocated": [], "expansions": [], "screened": []}})",
        status, rank, score);
  };
  EXPECT_EQ(parse_written_list(json("prospect", "1", "70"), "l.json").rows.front().score, 70);
  for (const std::string& text :
       {json("prospect", "1", "1e308"), json("prospect", "1", "-0.5"),
        json("prospect", "4294967297", "70"), json("someone", "1", "70")}) {
    EXPECT_EQ(message([&] { (void)parse_written_list(text, "l.json"); }).substr(0, 8), "l.json:2");
  }
}

TEST_F(WrittenLists, JsonIsReadAndAnotherDocumentRefused) {
  const WrittenList list = parse_written_list(
      R"({"schema":"liantu.prospects/1","inputs":[{"name":"a.liantu","digest":"d"}],
          "prospect_count":7,"prospects":[{"name":"甲","credit_code":"Y1","status":"prospect",
          "rank":2,"score":40,"parts":{"fit":9},"purchases":null,
          "gaps":[{"segment":"电池"}],"unknown":["revenue"],
          "evidence":[{"relation":"makes","from":"甲","to":"电池","basis":"stated",
          "confidence":0.75,"file":"主营.csv","sheet":null,"row":3,"detail":null}]}],
          "unlocated":[],"expansions":[],"screened":[]})",
      "l.json");
  EXPECT_EQ(list.prospects, 7U);
  EXPECT_EQ(list.inputs, (std::map<std::string, std::string>{{"a.liantu", "d"}}));
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].rank, 2U);
  EXPECT_EQ(list.rows[0].evidence,
            (std::vector<WrittenEvidence>{{"makes: 甲 → 电池", "stated 0.75", "主营.csv!3"}}));
  EXPECT_NE(message([] {
              (void)parse_written_list(R"({"schema":"liantu.gaps/1"})", "l.json");
            }).find("l.json:1:"),
            std::string::npos);
}

}  // namespace
}  // namespace liantu
