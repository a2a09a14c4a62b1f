#include "ingest/cells/sheet_reader.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "ingest/problem_lines.hpp"
#include "liantu/tables/plain/csv.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

// A firm table of one row with a name and one more column.
class OneCell {
 public:
  OneCell(std::string_view heading, std::string_view cell, TableMeaning meaning = EntityKind::Firm)
      : table_(parse_csv(
            "企业名称,\"" + std::string(heading) + "\"\n示例甲,\"" + std::string(cell) + "\"\n",
            "t.csv")),
        reader_(table_, meaning, nullptr, problems_) {
    EXPECT_TRUE(reader_.go(0));
  }
  SheetReader& reader() { return reader_; }
  Lines lines() const { return lines_of(problems_); }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  Table table_;
  std::vector<Problem> problems_;
  SheetReader reader_;
};

TableMapping firm_mapping(std::vector<MappedColumn> columns) {
  TableMapping mapping;
  mapping.file = "t.csv";
  mapping.columns = std::move(columns);
  mapping.place = {.file = "m.json", .line = 3, .column = 5};
  return mapping;
}

TEST(SheetReader, MissingValuesAreEmpty) {
  for (const char* cell : {"", " ", "　", "N/A", "n/a", "-", "--", "—", "/", "无", "null", "\\N",
                           "不详", "未知", " 无 "}) {
    OneCell one("状态", cell);
    EXPECT_EQ(one.reader().words(one.reader().field("status")), "") << cell;
    EXPECT_TRUE(one.lines().empty());
  }
  for (const char* cell : {"无锡", "N/A/B", "0", "存续", "----"}) {
    OneCell one("状态", cell);
    EXPECT_EQ(one.reader().words(one.reader().field("status")), cell);
  }
}

TEST(SheetReader, NumbersWithoutBoundAreNone) {
  for (const char* cell : {"1e308", "约1e308", "1e308以上"}) {
    OneCell one("综合能耗（万吨标准煤）", cell);
    const std::size_t field = one.reader().field("energy");
    ASSERT_TRUE(one.reader().has(field));
    EXPECT_FALSE(one.reader().number(field)) << cell;
    EXPECT_FALSE(one.lines().empty()) << cell;
  }
}

TEST(SheetReader, ListsAreCutAtEverySeparator) {
  OneCell one("标签", " 高企；专精特新;上市、A股|；; 瞪羚 ");
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(one.reader().list(one.reader().field("tags")),
            (Words{"高企", "专精特新", "上市", "A股", "瞪羚"}));
  OneCell none("标签", "-");
  EXPECT_TRUE(none.reader().list(none.reader().field("tags")).empty());
}

TEST(SheetReader, CreditCodesAreCheckedAndBroughtToOneForm) {
  OneCell good("统一社会信用代码", " y1500104-0lt000018j ");
  EXPECT_EQ(good.reader().credit_code(good.reader().field("credit_code")), "Y15001040LT000018J");
  EXPECT_TRUE(good.lines().empty());

  const struct {
    std::string_view cell;
    std::string_view what;
    std::string_view what_zh;
  } faults[] = {
      {"Y15001040LT000018", "a unified social credit code has 18 characters",
       "统一社会信用代码应为 18 位"},
      {"Y15001040LT000018JJ", "a unified social credit code has 18 characters",
       "统一社会信用代码应为 18 位"},
      {"YI5001040LT000018J",
       "the code has a character that no such code contains (I, O, S, V, Z or a sign)",
       "代码含有不会出现的字符（I、O、S、V、Z 或符号）"},
      {"Y95001040LT000018J", "no authority issues codes that begin like this (GB 32100)",
       "没有登记机关签发此类开头的代码（GB 32100）"},
  };
  for (const auto& fault : faults) {
    OneCell one("统一社会信用代码", fault.cell);
    EXPECT_EQ(one.reader().credit_code(one.reader().field("credit_code")), "") << fault.cell;
    // `示例甲,` has four characters, so the code stands at character 5.
    EXPECT_EQ(one.lines(),
              (Lines{"Warning t.csv:2:5 credit-code 统一社会信用代码=" + std::string(fault.cell)}));
    EXPECT_EQ(one.problems()[0].what, (Text{std::string(fault.what), std::string(fault.what_zh)}));
  }
}

TEST(SheetReader, CodeWithAnOddCheckDigitIsKeptWithAWarning) {
  // In the second 000018 is mistyped as 000081: two digits changed places.
  for (const std::string cell : {"Y15001040LT000018K", "Y15001040LT000081J"}) {
    OneCell one("统一社会信用代码", cell);
    EXPECT_EQ(one.reader().credit_code(one.reader().field("credit_code")), cell);
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 credit-code 统一社会信用代码=" + cell}));
    EXPECT_EQ(one.problems()[0].what.zh, "校验位不符，代码按原样保留");
  }
}

TEST(SheetReader, PersonsNumberIsRefusedAndNeverShown) {
  for (const std::string_view cell :
       {"362322198702301292", "500104 19800101 123X", "500104800101123"}) {
    OneCell one("统一社会信用代码", cell);
    EXPECT_EQ(one.reader().credit_code(one.reader().field("credit_code")), "") << cell;
    ASSERT_EQ(one.lines().size(), 1U);
    EXPECT_EQ(one.problems()[0].kind, "identity-number");
    EXPECT_TRUE(one.problems()[0].value.ends_with("*********")) << one.problems()[0].value;
  }
}

TEST(SheetReader, MoneyTakesItsUnitFromTheCellElseFromTheHeading) {
  const struct {
    std::string_view heading;
    std::string_view cell;
    double cny;
  } cases[] = {
      {"注册资本", "5000", 5000},
      {"注册资本（万元）", "5000", 5e7},
      {"注册资本（万元）", "5000元", 5000},
      {"注册资本（亿元）", "1.5", 1.5e8},
      {"注册资本", "73.7500(万人民币元)", 737500},
      {"注册资本（万元）", "73.7500(万人民币元)", 737500},
      {"注册资本", "3万元人民币", 30000},
      {"注册资本", "163(万)", 1630000},
      {"注册资本", "１，０９８（万）", 10980000},
      {"注册资本", "0", 0},
  };
  for (const auto& expected : cases) {
    OneCell one(expected.heading, expected.cell);
    EXPECT_EQ(one.reader().money(one.reader().field("registered_capital")), expected.cny)
        << expected.heading << expected.cell;
    EXPECT_TRUE(one.lines().empty()) << expected.cell;
  }
}

TEST(SheetReader, FaultyMoneyIsReported) {
  for (const char* cell : {"很多", "-5", "3万5", "12%"}) {
    OneCell one("注册资本（万元）", cell);
    EXPECT_EQ(one.reader().money(one.reader().field("registered_capital")), std::nullopt);
    EXPECT_EQ(one.lines(),
              (Lines{"Warning t.csv:2:5 money 注册资本（万元）=" + std::string(cell)}));
  }
}

TEST(SheetReader, NoRateOfExchangeIsAssumed) {
  for (const auto& [cell, currency] :
       {std::pair("100(万美元)", "USD"), std::pair("50万港元", "HKD"), std::pair("€3000", "EUR")}) {
    OneCell one("注册资本", cell);
    EXPECT_EQ(one.reader().money(one.reader().field("registered_capital")), std::nullopt);
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 currency 注册资本=" + std::string(cell)}));
    EXPECT_EQ(one.problems()[0].what.en,
              "the amount is in " + std::string(currency) + ", and no rate of exchange is assumed");
  }
}

TEST(SheetReader, NumbersAreZeroOrMore) {
  const struct {
    std::string_view heading;
    std::string_view cell;
    double value;
  } cases[] = {{"从业人数", "1,234", 1234},    {"从业人数（人）", "12", 12},
               {"从业人数", "1e3", 1000},      {"从业人数（万）", "1.5", 15000},
               {"从业人数（万）", "12人", 12}, {"从业人数（万）", "十二", 120000}};
  for (const auto& expected : cases) {
    OneCell one(expected.heading, expected.cell);
    EXPECT_EQ(one.reader().number(one.reader().field("staff")), expected.value) << expected.cell;
    EXPECT_TRUE(one.lines().empty());
  }
  // 1e305 times 10^4 is more than a double holds.
  for (const char* cell : {"-1", "若干", "12吨", "1 2", "1e305", "1.5万"}) {
    OneCell one("从业人数（万）", cell);
    EXPECT_EQ(one.reader().number(one.reader().field("staff")), std::nullopt);
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 number 从业人数（万）=" + std::string(cell)}));
  }
}

TEST(SheetReader, SharesAreFractionsOrPerCent) {
  const struct {
    std::string_view heading;
    std::string_view cell;
    double share;
  } cases[] = {{"confidence", "0.35", 0.35},
               {"confidence", "35%", 0.35},
               {"confidence", "３５％", 0.35},
               {"置信度（%）", "35", 0.35},
               {"置信度（%）", "35%", 0.35},
               {"置信度", "0", 0},
               {"置信度", "1", 1}};
  for (const auto& expected : cases) {
    OneCell one(expected.heading, expected.cell);
    const auto share = one.reader().share(one.reader().field("confidence"));
    ASSERT_TRUE(share.has_value()) << expected.cell;
    EXPECT_DOUBLE_EQ(*share, expected.share) << expected.cell;
    EXPECT_TRUE(one.lines().empty());
  }
  for (const char* cell : {"1.2", "-0.1", "35", "120%", "高"}) {
    OneCell one("置信度", cell);
    EXPECT_EQ(one.reader().share(one.reader().field("confidence")), std::nullopt);
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 share 置信度=" + std::string(cell)}));
    EXPECT_EQ(one.problems()[0].what.en, "share " + std::string(cell) + " is outside [0, 1]");
  }
}

TEST(SheetReader, PerCentInTheCellIsTakenOnce) {
  const Table table = parse_csv("产品,投入品,系数（%）\n甲,乙,12%\n甲,丙,12\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, RelationKind::Requires, nullptr, problems);
  for (std::size_t row = 0; row < 2; ++row) {
    ASSERT_TRUE(reader.go(row));
    EXPECT_DOUBLE_EQ(reader.number(reader.field("coefficient")).value_or(-1), 0.12);
  }
  EXPECT_TRUE(problems.empty());
}

TEST(SheetReader, DatesMayBeCoarse) {
  OneCell good("成立日期", "2006年5月17日");
  EXPECT_EQ(good.reader().date(good.reader().field("founded")), (Date{2006, 5, 17}));
  OneCell year("成立日期", "2006");
  EXPECT_EQ(year.reader().date(year.reader().field("founded")), (Date{2006, 0, 0}));
  for (const char* cell : {"2006-13-01", "2006-02-30", "去年"}) {
    OneCell one("成立日期", cell);
    EXPECT_FALSE(one.reader().date(one.reader().field("founded")).known());
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 date 成立日期=" + std::string(cell)}));
  }
}

TEST(SheetReader, FlagsAreYesOrNo) {
  for (const char* cell : {"是", "1", "１", "true", "TRUE", "True", "yes", "Y", "√", "★"}) {
    OneCell one("龙头", cell);
    EXPECT_EQ(one.reader().flag(one.reader().field("anchor")), true) << cell;
  }
  for (const char* cell : {"否", "0", "false", "False", "no", "N"}) {
    OneCell one("龙头", cell);
    EXPECT_EQ(one.reader().flag(one.reader().field("anchor")), false) << cell;
    EXPECT_TRUE(one.lines().empty());
  }
  OneCell none("龙头", "无");
  EXPECT_EQ(none.reader().flag(none.reader().field("anchor")), std::nullopt);
  EXPECT_TRUE(none.lines().empty());
  OneCell one("龙头", "也许");
  EXPECT_EQ(one.reader().flag(one.reader().field("anchor")), std::nullopt);
  EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 flag 龙头=也许"}));
}

TEST(SheetReader, BasisIsOneOfFour) {
  OneCell good("依据", "估算");
  EXPECT_EQ(good.reader().basis(good.reader().field("basis")), Basis::Estimated);
  OneCell none("依据", "");
  EXPECT_EQ(none.reader().basis(none.reader().field("basis")), std::nullopt);
  EXPECT_TRUE(none.lines().empty());
  OneCell one("依据", "听说");
  EXPECT_EQ(one.reader().basis(one.reader().field("basis")), std::nullopt);
  EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 basis 依据=听说"}));
}

TEST(SheetReader, RegionsAreCodesOrNames) {
  for (const char* cell : {"500104", "大渡口区", "重庆市大渡口区", "500104001"}) {
    OneCell one("地区代码", cell);
    EXPECT_EQ(one.reader().region(one.reader().field("region")), RegionCode(500104)) << cell;
    EXPECT_TRUE(one.lines().empty());
  }
  for (const char* cell : {"999999", "5001", "某某区", "50010"}) {
    OneCell one("地区代码", cell);
    const auto region = one.reader().region(one.reader().field("region"));
    if (std::string_view(cell) == "5001") {
      EXPECT_EQ(region, RegionCode(500100)) << "the table has the group 市辖区";
      continue;
    }
    EXPECT_EQ(region, std::nullopt) << cell;
    EXPECT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 region 地区代码=" + std::string(cell)}));
  }
}

TEST(SheetReader, FaultOfARequiredFieldIsAnError) {
  const Table table = parse_csv("组织,地区代码,日期\n示例办,某地,某日\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, Covers{}, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.region(reader.field("region")), std::nullopt);
  EXPECT_FALSE(reader.date(reader.field("as_of")).known());
  EXPECT_EQ(lines_of(problems),
            (Lines{"Error t.csv:2:5 region 地区代码=某地", "Warning t.csv:2:8 date 日期=某日"}));
}

TEST(SheetReader, RegionThatFitsSeveralIsAmbiguousAndListsThem) {
  OneCell one("地区代码", "鼓楼区");
  EXPECT_EQ(one.reader().region(one.reader().field("region")), std::nullopt);
  ASSERT_EQ(one.lines(), (Lines{"Warning t.csv:2:5 ambiguous-region 地区代码=鼓楼区"}));
  EXPECT_EQ(one.problems()[0].what.zh,
            "有 4 个地区同名：320106 江苏省南京市鼓楼区, 320302 江苏省徐州市鼓楼区, 350102 "
            "福建省福州市鼓楼区, 410204 河南省开封市鼓楼区");
}

TEST(SheetReader, CodesThatASpreadsheetMadeNumbersAreSaid) {
  for (const char* cell : {"510107.0", "4.41302E+05", "9E+17"}) {
    OneCell region("地区代码", cell);
    EXPECT_EQ(region.reader().region(region.reader().field("region")), std::nullopt);
    ASSERT_EQ(region.lines().size(), 1U);
    EXPECT_EQ(region.problems()[0].what.zh, "Excel 把代码变成了数字");
    OneCell code("统一社会信用代码", cell);
    EXPECT_EQ(code.reader().credit_code(code.reader().field("credit_code")), "");
    ASSERT_EQ(code.lines().size(), 1U);
    EXPECT_EQ(code.problems()[0].remedy.zh, "请把该列设为文本，再重新填写代码");
  }
}

TEST(SheetReader, CodesAsOurOwnCsvWritesThemAreRead) {
  OneCell one("地区代码", "=\"\"441302\"\"");
  EXPECT_EQ(one.reader().words(one.reader().field("region")), "441302");
  EXPECT_EQ(one.reader().region(one.reader().field("region")), RegionCode(441302));
  EXPECT_TRUE(one.lines().empty());
}

TEST(SheetReader, ColumnsNobodyKnowsAreSaid) {
  const Table table = parse_csv("企业名称,备注,公司,Credit Code\n示例甲,x,示例乙,\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  EXPECT_EQ(lines_of(problems),
            (Lines{"Note t.csv:1:6 unknown-column 备注=", "Note t.csv:1:9 double-column 公司="}));
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.words(reader.field("name")), "示例甲") << "the first column stands";
  EXPECT_TRUE(reader.has(reader.field("credit_code")));
  EXPECT_FALSE(reader.has(reader.field("tax")));
  EXPECT_EQ(reader.words(reader.field("tax")), "");
}

TEST(SheetReader, UnknownColumnThatIsOneSlipFromAKnownOneIsSaidSo) {
  const Table table = parse_csv("企业名称,营收人,注册资木,revenu,备忘录\n", "t.csv");
  std::vector<Problem> problems;
  const SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  Lines remedies;
  for (const Problem& problem : problems) remedies.push_back(problem.remedy.zh);
  EXPECT_EQ(remedies,
            (Lines{"是否指“营收”？如是，请改为该列名", "是否指“注册资本”？如是，请改为该列名",
                   "是否指“revenue”？如是，请改为该列名",
                   "如果需要，请改列名或写入映射（`liantu formats` 列出可用列名）"}));
}

TEST(SheetReader, MissingRequiredColumnEndsIt) {
  const Table table = parse_csv("注册资本,备注\n1,x\n", "企业.csv");
  std::vector<Problem> problems;
  const auto error =
      error_of([&] { const SheetReader reader(table, EntityKind::Firm, nullptr, problems); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::InvalidData);
  EXPECT_TRUE(error->message().en.starts_with(
      "企业.csv:1:1: the column with the registered name is missing (columns found: 注册资本, "
      "备注); the first line must be the headings; name the column one of: name, 企业名称, "))
      << error->message().en;
  EXPECT_TRUE(
      error->message().zh.starts_with("企业.csv:1:1：缺少“企业名称”一列（现有列：注册资本, "
                                      "备注）；第一行须是列名，请把该列命名为其中之一："))
      << error->message().zh;
}

TEST(SheetReader, PlacesAreThoseOfTheCells) {
  const Table table = parse_csv("企业名称,地址\n\n示例甲,x\n示例乙\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  const std::size_t address = reader.field("address");
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.row_number(), 3U) << "a blank row counts";
  EXPECT_EQ(reader.place(address), (InputPlace{"t.csv", "", 3, 3, 5}));
  EXPECT_EQ(reader.place(), (InputPlace{"t.csv", "", 3, 3, 1}));
  EXPECT_EQ(reader.place(reader.field("tax")), reader.place()) << "no column, so the row";
  ASSERT_TRUE(reader.go(1));
  EXPECT_EQ(reader.place(address), (InputPlace{"t.csv", "", 4, 4, 1})) << "the row lacks the cell";
}

TEST(SheetReader, ValueIsReportedAsItStands) {
  const Table table = parse_csv("n,code\n -- ,600373.SH\n", "t.csv");
  TableMapping mapping = firm_mapping(
      {{.column = "n", .field = "name"}, {.column = "code", .field = "credit_code", .until = "."}});
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, &mapping, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.words(reader.field("name")), "");
  reader.report(Severity::Error, "k", reader.field("name"), {"a", "甲"}, {"b", "乙"});
  std::ignore = reader.credit_code(reader.field("credit_code"));
  EXPECT_EQ(lines_of(problems),
            (Lines{"Error t.csv:2:1 k n=--", "Warning t.csv:2:6 credit-code code=600373.SH"}));
}

TEST(SheetReader, MappingFeedsFields) {
  const Table table = parse_csv(
      "n,code,cap（万元）,cap2,year\n示例甲,600373.SH,5,7,2010\n示例乙,N/A,,,2011\n", "t.csv");
  TableMapping mapping = firm_mapping({{.column = "n", .field = "name"},
                                       {.column = "code", .field = "key", .until = "."},
                                       {.column = "cap（万元）", .field = "registered_capital"},
                                       {.column = "cap2", .field = "revenue", .multiplier = 1e8}});
  mapping.set = {{"status", "存续"}, {"key", "x"}};
  mapping.where = {{"year", "2010"}};
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, &mapping, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.words(reader.field("name")), "示例甲");
  EXPECT_EQ(reader.words(reader.field("key")), "600373");
  EXPECT_EQ(reader.words(reader.field("status")), "存续");
  EXPECT_EQ(reader.money(reader.field("registered_capital")), 5e4) << "the heading's unit";
  EXPECT_EQ(reader.money(reader.field("revenue")), 7e8) << "the mapping's multiplier";
  EXPECT_FALSE(reader.go(1)) << "2011 is not wanted";
  EXPECT_TRUE(problems.empty()) << "columns that a mapping leaves out are left out on purpose";

  mapping.where = {{"year", "2011"}};
  SheetReader other(table, EntityKind::Firm, &mapping, problems);
  EXPECT_FALSE(other.go(0));
  ASSERT_TRUE(other.go(1));
  EXPECT_EQ(other.words(other.field("key")), "x") << "set fills what the row leaves open";
}

TEST(SheetReader, MappingMustFitTheTable) {
  const Table table = parse_csv("n,code\n示例甲,1\n", "t.csv");
  std::vector<Problem> problems;
  const auto failure = [&](const TableMapping& mapping) {
    const auto error =
        error_of([&] { const SheetReader reader(table, EntityKind::Firm, &mapping, problems); });
    if (!error) return std::string("no error");
    EXPECT_EQ(error->code(), ErrorCode::InvalidData);
    return std::string(error->what());
  };
  EXPECT_EQ(failure(firm_mapping({{.column = "名", .field = "name"}})),
            "m.json:3:5: the mapping names column \"名\", which t.csv does not have (columns "
            "found: n, code); mend the mapping");
  TableMapping where = firm_mapping({{.column = "n", .field = "name"}});
  where.where = {{"year", "2010"}};
  EXPECT_EQ(failure(where),
            "m.json:3:5: the mapping names column \"year\", which t.csv does not have (columns "
            "found: n, code); mend the mapping");
  EXPECT_EQ(failure(firm_mapping({{.column = "n", .field = "nam"}})),
            "m.json:3:5: \"nam\" is not a field of firm; mend the mapping");
  TableMapping set = firm_mapping({{.column = "n", .field = "name"}});
  set.set = {{"colour", "red"}};
  EXPECT_EQ(failure(set), "m.json:3:5: \"colour\" is not a field of firm; mend the mapping");
  EXPECT_TRUE(failure(firm_mapping({{.column = "code", .field = "credit_code"}}))
                  .starts_with("t.csv:1:1: the column with the registered name is missing"));
}

TEST(SheetReader, OfSeveralColumnsTheClosestIsRead) {
  const Table table = parse_csv("企业名称,经营地址,注册地址\n甲,成都,重庆\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.words(reader.field("address")), "重庆");
  EXPECT_EQ(lines_of(problems), (Lines{"Note t.csv:1:6 double-column 经营地址="}));
}

TEST(SheetReader, OfSeveralYearsTheLatestIsRead) {
  const Table table = parse_csv(
      "企业名称,2022年营业收入,2024年营业收入（万元）,2023年营业收入\n甲,1,2,3\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.money(reader.field("revenue")), 2e4);
}

TEST(SheetReader, TheUnitAboveTheTableIsThatOfAmountsWithoutOne) {
  const Folder folder(
      Files{{"t.csv", "企业名称,营业收入,纳税额(元),从业人数,注册资本\n甲,5,6,7,8亿元\n"}});
  TableOptions options;
  options.unit = "万元";
  const Table table = read_table(folder.path() / "t.csv", {}, options);
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.money(reader.field("revenue")), 5e4);
  EXPECT_EQ(reader.money(reader.field("tax")), 6);
  EXPECT_EQ(reader.number(reader.field("staff")), 7);
  EXPECT_EQ(reader.money(reader.field("registered_capital")), 8e8);
  EXPECT_TRUE(problems.empty());
  options.unit = "万美元";
  const Table foreign = read_table(folder.path() / "t.csv", {}, options);
  SheetReader dollars(foreign, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(dollars.go(0));
  EXPECT_FALSE(dollars.money(dollars.field("revenue")));
  EXPECT_EQ(lines_of(problems), (Lines{"Warning t.csv:1:23 currency 注册资本=万美元",
                                       "Warning t.csv:1:6 currency 营业收入=万美元"}));
}

TEST(SheetReader, ATotalInTheColumnOfSerialNumbersIsNoRowWithoutAName) {
  const Table table = parse_csv("序号,企业名称,营业收入\n合 计,,5\n1,甲,5\n2,,6\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  for (std::size_t row = 0; row < table.size(); ++row) {
    ASSERT_TRUE(reader.go(row));
    EXPECT_EQ(reader.named(reader.field("name")), row == 1);
  }
  EXPECT_EQ(lines_of(problems),
            (Lines{"Note t.csv:1:1 unknown-column 序号=", "Note t.csv:2:1 total-row 序号=合 计",
                   "Error t.csv:4:3 missing-name 企业名称="}));
}

TEST(SheetReader, ARangeIsItsMiddleAndSaysSo) {
  OneCell money("注册资本", "100-200万元");
  EXPECT_EQ(money.reader().money(money.reader().field("registered_capital")), 1.5e6);
  EXPECT_TRUE(money.reader().rough());
  EXPECT_EQ(money.lines(), (Lines{"Note t.csv:2:5 rough-value 注册资本=100-200万元"}));
  OneCell heading("注册资本(万元)", "100~200");
  EXPECT_EQ(heading.reader().money(heading.reader().field("registered_capital")), 1.5e6);
  OneCell least("注册资本", "500万以上");
  EXPECT_EQ(least.reader().money(least.reader().field("registered_capital")), 5e6);
  OneCell exact("注册资本", "500万");
  EXPECT_EQ(exact.reader().money(exact.reader().field("registered_capital")), 5e6);
  EXPECT_FALSE(exact.reader().rough());
  // Dollars stay dollars, and a range that falls is none.
  for (const char* cell : {"100-200万美元", "200-100万元", "不详以上"}) {
    OneCell bad("注册资本", cell);
    EXPECT_EQ(bad.reader().money(bad.reader().field("registered_capital")), std::nullopt) << cell;
  }
}

TEST(SheetReader, SharesAreReadInWords) {
  for (const auto& [cell, share] : std::vector<std::pair<const char*, double>>{
           {"百分之三十五", 0.35}, {"三成", 0.3}, {"1/4", 0.25}, {"全资", 1}, {"30%-40%", 0.35}}) {
    const Table table =
        parse_csv("股东,被投企业,持股比例\n甲,乙," + std::string(cell) + "\n", "t.csv");
    std::vector<Problem> problems;
    SheetReader reader(table, RelationKind::Owns, nullptr, problems);
    ASSERT_TRUE(reader.go(0));
    const auto read = reader.share(reader.field("share"));
    ASSERT_TRUE(read) << cell;
    EXPECT_DOUBLE_EQ(*read, share) << cell;
  }
}

TEST(SheetReader, ANumberMayHaveItsUnitInTheCell) {
  for (const auto& [heading, cell, field, value] :
       std::vector<std::tuple<const char*, const char*, const char*, double>>{
           {"从业人数", "320人", "staff", 320},
           {"从业人数", "1.2万", "staff", 12000},
           {"用电量", "1.5万千瓦时", "electricity", 15000},
           {"用电量(万千瓦时)", "1.5", "electricity", 15000},
           {"用电量(万千瓦时)", "3000度", "electricity", 3000},
           {"用地面积(公顷)", "2", "land", 30},
           {"用地面积", "五十亩", "land", 50},
           {"综合能耗(万吨标准煤)", "0.5", "energy", 5000}}) {
    OneCell one(heading, cell);
    const auto read = one.reader().number(one.reader().field(field));
    ASSERT_TRUE(read) << heading << cell;
    EXPECT_DOUBLE_EQ(*read, value) << heading << cell;
    EXPECT_TRUE(one.lines().empty());
  }
  OneCell wrong("从业人数", "320吨");
  EXPECT_EQ(wrong.reader().number(wrong.reader().field("staff")), std::nullopt);
  OneCell column("用地面积(吨)", "3");
  EXPECT_EQ(column.lines(), (Lines{"Warning t.csv:1:6 unit 用地面积(吨)=吨"}));
  EXPECT_FALSE(column.reader().has(column.reader().field("land")));
}

TEST(SheetReader, DatesAreReadInEveryForm) {
  for (const auto& [cell, date] :
       std::vector<std::pair<const char*, const char*>>{{"2021年3月", "2021-03"},
                                                        {"2021 年 3 月 5 日", "2021-03-05"},
                                                        {"二〇二一年三月五日", "2021-03-05"},
                                                        {"2021–03–05", "2021-03-05"},
                                                        {"2021. 3. 5", "2021-03-05"},
                                                        {"202103", "2021-03"},
                                                        {"公元2021年3月", "2021-03"},
                                                        {"2021年3月上旬", "2021-03"},
                                                        {"5-Mar-2021", "2021-03-05"},
                                                        {"05-Mar-21", "2021-03-05"},
                                                        {"March 5, 2021", "2021-03-05"},
                                                        {"Mar 2021", "2021-03"},
                                                        {"2021/3/5 0:00", "2021-03-05"}}) {
    OneCell one("成立日期", cell);
    EXPECT_EQ(one.reader().date(one.reader().field("founded")).to_string(), date) << cell;
    EXPECT_TRUE(one.lines().empty()) << cell;
  }
  for (const char* cell : {"0000-00-00", "1900-01-00"}) {
    OneCell one("成立日期", cell);
    EXPECT_FALSE(one.reader().date(one.reader().field("founded")).known());
    EXPECT_TRUE(one.lines().empty()) << cell;
  }
  for (const char* cell : {"21-3-5", "3/5/2021", "2021-13-01", "民国五年", "2021Q1", "长期"}) {
    OneCell one("成立日期", cell);
    EXPECT_FALSE(one.reader().date(one.reader().field("founded")).known());
    EXPECT_EQ(one.lines().size(), 1U) << cell;
  }
}

TEST(SheetReader, ASerialNumberInAColumnOfDatesIsADay) {
  // 2021-03-05 is day 44,260 of spreadsheets.
  const Table table = parse_csv("企业名称,成立日期\n甲,44260\n乙,44260.5\n丙,123\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  const std::size_t founded = reader.field("founded");
  ASSERT_TRUE(reader.go(0));
  EXPECT_EQ(reader.date(founded).to_string(), "2021-03-05");
  ASSERT_TRUE(reader.go(1));
  EXPECT_EQ(reader.date(founded).to_string(), "2021-03-05");
  ASSERT_TRUE(reader.go(2));
  EXPECT_FALSE(reader.date(founded).known());
  EXPECT_EQ(lines_of(problems), (Lines{"Note t.csv:2:3 date-serial 成立日期=44260",
                                       "Warning t.csv:4:3 date 成立日期=123"}));
}

TEST(SheetReader, WhatASpreadsheetMadeOfCodesIsNamed) {
  for (const char* cell : {"9.15E+17", "915001040000000000", "3月13日", "13-Mar", "2021-03-13"}) {
    OneCell one("统一社会信用代码", cell);
    EXPECT_EQ(one.reader().credit_code(one.reader().field("credit_code")), "") << cell;
    ASSERT_EQ(one.problems().size(), 1U) << cell;
    EXPECT_TRUE(one.problems()[0].what.en.starts_with("the spreadsheet turned the code into a"))
        << one.problems()[0].what.en;
  }
  for (const char* cell : {"9.15E+17", "3月13日", "Jan-13", "1-Mar"}) {
    OneCell one("编号", cell);
    EXPECT_EQ(one.reader().code_words(one.reader().field("key")), "") << cell;
    EXPECT_EQ(one.problems().size(), 1U) << cell;
  }
  for (const char* cell : {"2021-03", "DDK-2021-01", "3-1", "1E5", "600373.SH", "G01-2/03"}) {
    OneCell one("编号", cell);
    EXPECT_EQ(one.reader().code_words(one.reader().field("key")), cell);
    EXPECT_TRUE(one.lines().empty()) << cell;
  }
}

TEST(SheetReader, ANearHeadingIsSuggestedAndAnotherYearsIsNot) {
  OneCell near("企业年度营业收入情况", "1");
  ASSERT_EQ(near.problems().size(), 1U);
  EXPECT_TRUE(near.problems()[0].remedy.en.starts_with("do you mean 年度营业收入?"));
  OneCell other("上年营业收入", "1");
  ASSERT_EQ(other.problems().size(), 1U);
  EXPECT_TRUE(other.problems()[0].remedy.en.starts_with("nothing to do"));
}

TEST(SheetReader, AMappedColumnMayHaveAnotherYearAndUnit) {
  const Table table = parse_csv("单位,2024年产值(亿元),2025年产值(亿元)\n甲,1,2\n", "t.csv");
  const TableMapping mapping = firm_mapping({{"单位", "name"}, {"产值(万元)", "revenue"}});
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, &mapping, problems);
  ASSERT_TRUE(reader.go(0));
  const std::size_t revenue = reader.field("revenue");
  EXPECT_EQ(reader.money(revenue), 2e8);
  EXPECT_EQ(reader.year(revenue, {}), 2025);
  EXPECT_EQ(lines_of(problems), Lines{});
  EXPECT_EQ(reader.found_columns(),
            (std::vector<MappedColumn>{{"单位", "name"}, {"产值", "revenue"}}));
}

TEST(SheetReader, RowsThatAreNoEntitiesAreLeftOut) {
  for (const char* name : {"合计", "合 计（家）", "装备制造业小计", "本页小计", "平均",
                           "其中：外资企业", "共 3 家", "总计："}) {
    const Table table = parse_csv("企业名称,地区\n" + std::string(name) + ",\n", "t.csv");
    std::vector<Problem> problems;
    SheetReader reader(table, EntityKind::Firm, nullptr, problems);
    ASSERT_TRUE(reader.go(0));
    EXPECT_FALSE(reader.named(reader.field("name"))) << name;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].kind, "total-row") << name;
  }
  const Table table = parse_csv("企业名称,地区\n 企 业 名 称,地区\n合计科技有限公司,\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_FALSE(reader.named(reader.field("name")));
  ASSERT_TRUE(reader.go(1));
  EXPECT_TRUE(reader.named(reader.field("name")));
  EXPECT_EQ(lines_of(problems), (Lines{"Note t.csv:2:1 repeated-heading 企业名称=企 业 名 称"}));
}

TEST(SheetReader, NestedJsonAndListsOfNamesAreNeverGlued) {
  for (const char* cell : {"{\"\"zh\"\": \"\"丁厂\"\"}", "[\"\"戊厂\"\", [\"\"己厂\"\"]]"}) {
    const Table table = parse_csv("企业名称,地区\n\"" + std::string(cell) + "\",\n", "t.csv");
    std::vector<Problem> problems;
    SheetReader reader(table, EntityKind::Firm, nullptr, problems);
    ASSERT_TRUE(reader.go(0));
    EXPECT_EQ(reader.words(reader.field("name")), "");
    EXPECT_FALSE(reader.named(reader.field("name")));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].kind, "several-values");
  }
  OneCell one("标签", "[废弃]");
  EXPECT_EQ(one.reader().words(one.reader().field("tags")), "[废弃]");
  const Table table = parse_csv("企业名称,地区\n甲厂；乙厂,\n", "t.csv");
  std::vector<Problem> problems;
  SheetReader reader(table, EntityKind::Firm, nullptr, problems);
  ASSERT_TRUE(reader.go(0));
  EXPECT_TRUE(reader.named(reader.field("name")));
  EXPECT_EQ(lines_of(problems), (Lines{"Warning t.csv:2:1 several-values 企业名称=甲厂；乙厂"}));
}

}  // namespace
}  // namespace liantu
