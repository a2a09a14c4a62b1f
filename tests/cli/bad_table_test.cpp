#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "cli/program.hpp"

/// Tables of coefficients, factors and prices that cannot be trusted: one message with place and
/// remedy, and the exit status that goes with it.
namespace liantu::test {
namespace {

using Words = std::vector<std::string>;

/// Gross output 100 and 200; adds up.
constexpr std::string_view kTable =
    "代码,部门,01,02,中间使用合计,最终使用合计,总产出\n"
    "01,农业,10,40,50,50,100\n"
    "02,工业,20,60,80,120,200\n"
    "TII,中间投入合计,30,100,130,,\n"
    "TI,总投入,100,200,300,,\n";

class BadTable : public InFolder {
 protected:
  /// The table with one piece changed is refused.
  void expect_table_refused(std::string_view piece, std::string_view instead, const Words& en,
                            const Words& zh) const {
    std::string text(kTable);
    const std::size_t at = text.find(piece);
    ASSERT_NE(at, std::string::npos) << piece;
    write("io.csv", text.replace(at, piece.size(), instead));
    expect_refused({"build", "io.csv", "-o", "x.liantu"}, 3, en, zh);
    EXPECT_EQ(names(), Words{"io.csv"});
  }

  /// `check` names the one problem and is negative; `build` goes on without the value, and with
  /// --strict writes nothing.
  void expect_told(const std::vector<std::pair<std::string, std::string>>& files, const Words& en,
                   const Words& zh) const {
    Words call = {"check"};
    for (const auto& [name, bytes] : files) {
      write(name, bytes);
      call.push_back(name);
    }
    for (const auto& [language, words] : {std::pair("en", en), std::pair("zh", zh)}) {
      Words in_language = call;
      in_language.insert(in_language.end(), {"--lang", language, "-f", "csv"});
      const Ran ran = liantu(in_language);
      EXPECT_EQ(ran.exit, 1) << ran.err;
      for (const std::string& word : words) {
        EXPECT_NE(ran.out.find(word), std::string::npos) << word << " in " << ran.out;
      }
    }
    call.front() = "build";
    call.insert(call.end(), {"-O", "-o", "x.liantu"});
    EXPECT_EQ(liantu(call).exit, 0);
    call.insert(call.end(), {"--strict", "--lang", "en"});
    EXPECT_EQ(liantu(call).exit, 3);
  }
};

TEST_F(BadTable, ANegativeCoefficientIsNeverUsed) {
  expect_table_refused("10,40,50,50", "-10,40,30,70",
                       {"io.csv:2:7: 农业 takes a negative amount of 农业", "mend the cell"},
                       {"io.csv:2:7：", "投入系数将为负", "请更正"});
  expect_told({{"需要.csv", "产品,投入品,投入系数\n车,钢,-0.5\n"}},
              {"需要.csv:2:5", "the coefficient is negative; the requirement stands without",
               "such as 0.3"},
              {"需要.csv:2:5", "-0.5", "投入系数为负；保留该需要关系，但不带系数", "如 0.3"});
}

TEST_F(BadTable, InputsThatCostAsMuchAsTheirProductAreTold) {
  expect_told({{"需要.csv", "产品,投入品,投入系数\n车,钢,30\n泵,钢,40\n"}},
              {"需要.csv:2:5", "a yuan of 车 takes 30 yuan of 钢", "需要.csv row 3 (泵 → 钢 40)",
               "write 30 % as 0.3"},
              {"需要.csv:2:5", "每元 车 需要 30 元 钢", "第 3 行（泵 → 钢 40）", "30% 请写成"});
  expect_told({{"物料清单.csv", "产品,物料,用量,单价,产品单价\n车,钢,2,40,100\n车,铝,3,20,\n"}},
              {"物料清单.csv:2:1", "the inputs of 车 add up to 1.4 yuan", "check coefficients"},
              {"物料清单.csv:2:1", "车 的投入系数合计为 1.4", "请核对投入系数、用量和单价"});
}

TEST_F(BadTable, FiguresOfAFirmThatContradictEachOtherAreNoted) {
  write("企业.csv", "企业名称,营业收入\n甲厂,1亿元\n");
  write("主营.csv", "企业,环节,产值,营收占比\n甲厂,车,3亿元,0.8\n甲厂,泵,,0.9\n");
  const Words call = {"check", "企业.csv", "主营.csv", "--lang", "en", "-f", "csv"};
  EXPECT_EQ(liantu(call).out.find("甲厂"), std::string::npos);
  Words with_notes = call;
  with_notes.emplace_back("--notes");
  const Ran ran = liantu(with_notes);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (const std::string_view words :
       {"主营.csv:3:7", "the products of 甲厂 have shares of its revenue that add up to 1.7",
        "check the shares", "主营.csv:2:6",
        "甲厂 has an output of CNY 300 m, more than its revenue of CNY 100 m", "their units"}) {
    EXPECT_NE(ran.out.find(words), std::string::npos) << words << " in " << ran.out;
  }
}

TEST_F(BadTable, ASectorNamedTwiceIsRefused) {
  expect_table_refused(
      "\n02,工业", "\n01,农业",
      {"io.csv:3:1: the sector already stands in row 2", "give them different names"},
      {"io.csv:3:1：该部门已见于第 2 行", "请删除其中一行"});
  expect_table_refused("02,工业", "02,农业", {"io.csv:3:4: the sector of row 2 has the same name"},
                       {"io.csv:3:4：与第 2 行的部门同名"});
  expect_table_refused("代码,部门,01,02", "代码,部门,01,01",
                       {"io.csv:1:10: the sector already heads the column at io.csv:1:7"},
                       {"io.csv:1:10：该部门已见于 io.csv:1:7 的列"});
}

TEST_F(BadTable, TotalsThatDoNotAddUpAreRefusedWithTheTolerance) {
  expect_table_refused("10,40,50,50", "10,40,53,47",
                       {"io.csv:2:13: the intermediate uses of 农业 come to 50, 53 is stated",
                        "5.66% apart, 0.1% is tolerated", "mend the number"},
                       {"io.csv:2:13：农业 的中间使用为 50，表中为 53", "容许 0.1%", "请更正"});
}

TEST_F(BadTable, MixedUnitsInATableAreRefused) {
  expect_table_refused("代码,部门,01,02,中间使用合计,最终使用合计,总产出",
                       "单位：万元\n代码,部门,01,02,中间使用合计,最终使用合计,总产出(亿元)",
                       {"io.csv:2:27: this is in 亿元, io.csv:1:1 in 万元"},
                       {"io.csv:2:27：此处单位为 亿元，而 io.csv:1:1 为 万元"});
  expect_table_refused("中间使用合计,最终使用合计,总产出",
                       "中间使用合计(万元),最终使用合计(万元),总产出(亿元)",
                       {"io.csv:1:35: this is in 亿元, io.csv:1:13 in 万元", "in one unit"},
                       {"io.csv:1:35：此处单位为 亿元，而 io.csv:1:13 为 万元", "同一单位"});
  expect_table_refused("80,120,200\n", "80,120,2000000\n",
                       {"io.csv:3:20", "looks like another unit, 10000 times as large"},
                       {"io.csv:3:20", "似为另一单位，相差 10000 倍"});
}

TEST_F(BadTable, TwoTablesMayHaveTwoUnits) {
  write("一.csv", "单位：万元\n" + std::string(kTable));
  write("二.csv", "单位：亿元\n" + std::string(kTable));
  const Ran ran = liantu({"build", "一.csv", "二.csv", "-o", "x.liantu", "--strict"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
}

TEST_F(BadTable, TablesThatCutOneEconomyIntoDifferentSectorsAreRefusedTogether) {
  std::string other(kTable);
  const std::size_t at = other.find("农业");
  write("一.csv", kTable);
  write("二.csv", other.replace(at, std::string_view("农业").size(), "种植业"));
  for (const Words& call : {Words{"build", "一.csv", "二.csv", "-o", "x.liantu"},
                            Words{"build", ".", "-o", "x.liantu"}}) {
    expect_refused(call, 3,
                   {"二.csv:1:1: 1 of its 2 sectors, such as 工业, are also among the 2 of 一.csv",
                    "counted twice", "keep one of the two tables"},
                   {"二.csv:1:1：此表 2 个部门中有 1 个（如 工业）也在 一.csv 的 2 个部门之中",
                    "重复计算", "只保留一个"});
  }
  const Ran ran = liantu({"check", "一.csv", "二.csv", "--lang", "en", "-f", "csv"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.out.find("among the 2 of 一.csv"), std::string::npos) << ran.out;
  EXPECT_EQ(names(), (Words{"一.csv", "二.csv"}));
}

TEST_F(BadTable, ATableInQuantitiesIsRefused) {
  expect_table_refused("代码,部门", "单位：吨\n代码,部门",
                       {"io.csv:1:1: the table is in 吨, which is not money", "in values"},
                       {"io.csv:1:1：表的单位为 吨，不是货币", "价值型"});
}

TEST_F(BadTable, OutputThatIsMissingIsAskedFor) {
  write("io.csv",
        "代码,部门,01,02,中间使用合计\n01,农业,10,40,50\n02,工业,20,60,80\nTII,合计,30,100,130\n");
  expect_refused({"build", "io.csv", "-o", "x.liantu"}, 3,
                 {"io.csv:1:1: the table states no gross output", "add a column 总产出"},
                 {"io.csv:1:1：表中没有总产出", "请补上“总产出”列"});
}

TEST_F(BadTable, ATableThatIsNotSquareIsRefused) {
  expect_table_refused(
      "TII,", "03,矿业,20,60,80,120,200\nTII,",
      {"io.csv:4:1: the row names no sector that a column names", "delete the row"},
      {"io.csv:4:1：该行不是任何一列所列的部门", "删除该行"});
  write("io.csv",
        "代码,部门,01,02,03,中间使用合计,总产出\n01,农业,10,40,0,50,100\n02,工业,20,60,0,80,200\n"
        "TI,总投入,100,200,0,300,\n");
  expect_refused({"build", "io.csv", "-o", "x.liantu"}, 3,
                 {"io.csv:1:13: the column names no sector that a row names", "delete the column"},
                 {"io.csv:1:13：该列不是任何一行所列的部门", "删除该列"});
}

TEST_F(BadTable, ACircleInTheTaxonomyIsTold) {
  expect_told({{"环节.csv", "环节,上级\n甲,乙\n乙,丙\n丙,甲\n"}},
              {"环节.csv:4:3", "have a cycle: 丙 → 甲 → 乙 → 丙", "delete the row"},
              {"环节.csv:4:3", "成环：丙 → 甲 → 乙 → 丙", "请删除"});
}

TEST_F(BadTable, ARegionThatDoesNotExistIsTold) {
  expect_told({{"企业.csv", "企业名称,地区代码\n甲厂,999999\n"}},
              {"企业.csv:2:4", "no division of GB/T 2260", "such as 500104"},
              {"企业.csv:2:4", "500104"});
  for (const Words& call :
       {Words{"gaps", "x.liantu"}, Words{"evaluate", "x.liantu", "--gaps", "--before", "2006"}}) {
    Words wrong = call;
    wrong.insert(wrong.end(), {"-r", "999999"});
    expect_refused(wrong, 2,
                   {"region 999999 is not a division of GB/T 2260", "give 2, 4 or 6 digits"},
                   {"没有 999999", "2、4 或 6 位"});
  }
}

TEST_F(BadTable, AFactorWithoutASourceIsRefused) {
  write("企业.csv", "企业名称,地区代码\n甲厂,500104\n");
  ASSERT_EQ(liantu({"build", "企业.csv", "-o", "x.liantu"}).exit, 0);
  const Words call = {"gaps", "x.liantu", "-r", "500104", "--factors", "f.csv"};
  write("f.csv", "按,每单位产值\nstaff,80\n");
  expect_refused(call, 3, {"f.csv:1:1: a table of factors needs a column source (来源)"},
                 {"f.csv:1:1：产值系数表缺少“来源”列"});
  write("f.csv", "按,每单位产值,来源\nstaff,80,\n");
  expect_refused(call, 3, {"f.csv:2:10: the factor has no source", "say where it is from"},
                 {"f.csv:2:10：产值系数没有来源", "请注明出处"});
  write("f.csv", "按,每单位产值,单位,来源\nstaff,80,万元/人,甲\nstaff,8,元/人,乙\n");
  expect_refused(call, 3, {"f.csv:3:9: mixed units: \"元/人\" here and \"万元/人\" before"},
                 {"f.csv:3:9：单位不一致", "请换算为同一单位"});
}

TEST_F(BadTable, ABillOfMaterialsSaysWhatKeepsACoefficientFromBeingReckoned) {
  const std::string units = "产品,物料,用量,用量单位,单价,计价单位,产品单价\n";
  const std::string plain = "产品,物料,用量,单价,产品单价\n";
  expect_told({{"物料清单.csv", units + "车,钢,2,千克,100,吨,900\n"}},
              {"物料清单.csv:2:14", "the quantity is in 千克, the price is per 吨", "one unit"},
              {"物料清单.csv:2:14", "用量单位为 千克，而计价单位为 吨"});
  expect_told({{"物料清单.csv", plain + "车,钢,2,100美元,900\n"}},
              {"物料清单.csv:2:7", "the amount is in USD", "give the amount in yuan"},
              {"物料清单.csv:2:7", "USD"});
  expect_told({{"物料清单.csv", plain + "车,钢,2,0,900\n"}},
              {"物料清单.csv:2:7", "at a price of 0", "write the price"},
              {"物料清单.csv:2:7", "价格为 0", "请填写价格"});
  expect_told({{"物料清单.csv", plain + "车,钢,2,100,0\n"}},
              {"物料清单.csv:2:11", "at a price of 0", "write the price"},
              {"物料清单.csv:2:11", "价格为 0", "请填写价格"});
  expect_told({{"物料清单.csv", plain + "车,钢,2,100,\n"}},
              {"物料清单.csv:2:1", "the product has no price", "产品单价"},
              {"物料清单.csv:2:1", "未给出产品单价", "产品单价"});
  expect_told({{"物料清单.csv", plain + "车,钢,2,100,900\n车,铝,2,100,800\n"}},
              {"物料清单.csv:3:1", "the product's price is 800 here and 900 before"},
              {"物料清单.csv:3:1", "产品单价此处为 800，前文为 900"});
  expect_told({{"环节.csv", "环节\n车\n"}, {"物料清单.csv", plain + "车,钢,2,100,900\n"}},
              {"物料清单.csv:2:3", "no segment has this name", "add it to the table of segments"},
              {"物料清单.csv:2:3", "钢"});
  write("物料清单.csv", "产品,物料,用量,单价(美元),产品单价\n车,钢,2,100,900\n");
  const Ran ran = liantu({"check", "物料清单.csv", "--notes", "--lang", "en", "-f", "csv"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.out.find("物料清单.csv:1:10"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("this column is in USD"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace liantu::test
