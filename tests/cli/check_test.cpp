#include <string>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"
#include "liantu/tables/read_table.hpp"
#include "support/workbook_file.hpp"

namespace liantu::test {
namespace {

class Check : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    write("表/企业.csv",
          "企业名称,统一社会信用代码,注册资本,主营产品\n甲厂,9.15E+17,伍佰万元整,电池\n"
          "乙厂,,若干,隔膜\n,,3万,铜箔\n");
    write("表/供货.xlsx", book_of({{"单位：万元"},
                                   {"供货方", "采购方", "年采购额"},
                                   {"乙厂", "甲厂", "100-200"},
                                   {"丙厂", "甲厂", "5"}}));
  }
};

TEST_F(Check, WritesAWorkbookToWorkThrough) {
  const Ran ran = liantu({"check", "表", "-o", "问题.xlsx", "--lang", "zh"});
  EXPECT_EQ(ran.exit, 1) << ran.err;
  TableOptions options;
  options.header_row = 2;  // below each sheet's title
  const std::vector<Table> sheets = read_tables(folder_ / "问题.xlsx", "", options);
  std::string names;
  for (const Table& sheet : sheets) names += sheet.sheet() + "|";
  EXPECT_EQ(names, "汇总|按类别|文件与列名|企业.csv|供货.xlsx#表|");
  const Table& firms = sheets[3];
  EXPECT_EQ(firms.columns()[1], "问题");
  EXPECT_EQ(firms.columns()[2], "怎么改");
  EXPECT_EQ(firms.columns()[4], "统一社会信用代码");
  ASSERT_EQ(firms.size(), 3U);
  EXPECT_EQ(firms.cell(0, 0).text, "2");
  EXPECT_EQ(firms.cell(0, 1).text, "统一社会信用代码：Excel 把代码变成了数字");
  EXPECT_EQ(firms.cell(0, 4).text, "9.15E+17");
  EXPECT_EQ(firms.cell(2, 1).text, "企业名称：此行没有名称");
  ASSERT_EQ(sheets[4].size(), 2U);
  EXPECT_EQ(sheets[4].cell(0, 0).text, "3");
  EXPECT_EQ(sheets[4].cell(0, 1).text, "年采购额：此处是区间，取其中值：150万元");
  // Equal input, equal bytes.
  EXPECT_EQ(liantu({"check", "表", "-o", "再.xlsx", "--lang", "zh"}).exit, 1);
  EXPECT_EQ(bytes_of(folder_ / "问题.xlsx"), bytes_of(folder_ / "再.xlsx"));
  // What it wrote is no table of anybody's.
  EXPECT_EQ(liantu({"check", "问题.xlsx"}).exit, 3);
}

TEST_F(Check, SaysTheSameAsJsonAndCsv) {
  const Ran json = liantu({"check", "表", "--json"});
  EXPECT_EQ(json.exit, 1);
  rapidjson::Document document;
  ASSERT_FALSE(document.Parse(json.out.c_str()).HasParseError());
  const auto& source = document["sources"][0];
  EXPECT_STREQ(source["file"].GetString(), "企业.csv");
  const auto& row = source["rows"][0];
  EXPECT_EQ(row["row"].GetUint(), 2U);
  EXPECT_STREQ(row["cells"][2].GetString(), "伍佰万元整");
  const unsigned number = row["problems"][0].GetUint();
  EXPECT_STREQ(document["problems"][number]["kind"].GetString(), "credit-code");
  const Ran csv = liantu({"check", "表", "-f", "csv", "--lang", "zh"});
  EXPECT_EQ(csv.exit, 1);
  EXPECT_NE(csv.out.find("企业名称=乙厂; 注册资本=若干; 主营产品=隔膜"), std::string::npos)
      << csv.out;
  EXPECT_NE(csv.out.find("行号,原行"), std::string::npos) << csv.out;
}

TEST_F(Check, ASavedMappingReadsNextQuartersFile) {
  write("一/规上企业2024年一季度.csv",
        "单位详细名称,2023年营业收入(万元),用电量(万千瓦时),备注\n甲厂,100,2,好\n");
  const Ran ran = liantu({"check", "一", "--save-mapping", "m.json", "--lang", "en"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.err.find("the mapping found is saved in m.json"), std::string::npos) << ran.err;
  write("二/规上企业2024年二季度.csv",
        "备注,用电量(万千瓦时),单位详细名称,2024年营业收入(亿元)\n好,3,甲厂,1\n");
  EXPECT_EQ(liantu({"build", "二", "-m", "m.json", "-o", "二.liantu"}).exit, 0);
  write("三/规上企业2024年二季度.csv", "企业名称,营业收入,用电量\n甲厂,100000000,30000\n");
  EXPECT_EQ(liantu({"build", "三", "-o", "三.liantu"}).exit, 0);
  const auto figures = [&](const std::string& graph) {
    return liantu({"gaps", graph, "-r", "500104", "--json"}).out.size();
  };
  EXPECT_EQ(figures("二.liantu"), figures("三.liantu"));
  // The file is there, and is neither lost nor an input.
  expect_refused({"check", "一", "--save-mapping", "m.json"}, 4, {"m.json exists"},
                 {"m.json 已存在"});
  expect_refused({"check", "一", "--save-mapping", "m.csv"}, 2, {"m.csv"}, {"m.csv"});
}

TEST_F(Check, DoctorSaysWhatIsMissingAndHowToGetIt) {
  Setting setting{folder_, {{"PATH", "/nowhere"}}};
  const Ran en = run({"doctor", "--lang", "en"}, setting);
  EXPECT_EQ(en.exit, 1);
  EXPECT_NE(en.out.find("apt-get install graphviz"), std::string::npos) << en.out;
  EXPECT_NE(en.err.find("needed parts missing: "), std::string::npos) << en.err;
  const Ran zh = run({"doctor", "--lang", "zh", "--json"}, setting);
  rapidjson::Document document;
  ASSERT_FALSE(document.Parse(zh.out.c_str()).HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "liantu.doctor/1");
  EXPECT_STREQ(document["parts"][0]["state"].GetString(), "缺少");
}

}  // namespace
}  // namespace liantu::test
