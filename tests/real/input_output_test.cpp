#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/values/industry.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/chain_position.hpp"
#include "liantu/ingest/ingest.hpp"
#include "liantu/ingest/sectors/input_output_table.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

class NationalTables : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("LIANTU_REAL_DATA");
    if (folder == nullptr || !fs::exists(fs::path(folder) / "china_io")) {
      GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with china_io/";
    }
    data_ = folder;
  }

  InputOutputTable read(const std::string& name) const {
    return read_input_output_table(read_table(data_ / "china_io" / (name + ".csv")));
  }

  fs::path data_;
};

TEST_F(NationalTables, AllAreReadAndRecognised) {
  struct Case {
    const char* name;
    std::size_t sectors;
    SectorScheme scheme;
    ImportTreatment imports;
  };
  for (const Case& one :
       {Case{"china_2020_42", 42, SectorScheme::China42, ImportTreatment::Stated},
        Case{"china_2017_149", 149, SectorScheme::China149, ImportTreatment::Proportional},
        Case{"china_2018_153", 153, SectorScheme::China153, ImportTreatment::Proportional},
        Case{"china_2020_153", 153, SectorScheme::China153, ImportTreatment::Proportional}}) {
    const InputOutputTable table = read(one.name);
    EXPECT_TRUE(table.usable()) << one.name;
    EXPECT_EQ(table.sectors.size(), one.sectors);
    EXPECT_EQ(table.scheme, one.scheme);
    EXPECT_EQ(table.imports, one.imports);
    for (const InputCoefficient& coefficient : table.coefficients) {
      EXPECT_LT(coefficient.value, 1);
      ASSERT_TRUE(coefficient.import_share);
      EXPECT_LE(*coefficient.import_share, 1);
    }
  }
}

// The tables of 2020 are one economy at two depths: outputs and flows of the finer sectors must add
// up to those of the coarser ones the concordance puts them in.
TEST_F(NationalTables, TheConcordanceAddsTheFinerTableUpToTheCoarserOne) {
  const InputOutputTable coarse = read("china_2020_42");
  const InputOutputTable fine = read("china_2020_153");
  std::vector<std::size_t> of(fine.sectors.size(), coarse.sectors.size());
  for (const Industry& one : industries()) {
    if (one.level() != IndustryLevel::Class) continue;
    of[*sector_of(one.code, SectorScheme::China153)] = *sector_of(one.code, SectorScheme::China42);
  }
  const std::size_t n = coarse.sectors.size();
  std::vector<double> outputs(n);
  std::vector<double> flows(n * n);
  for (std::size_t i = 0; i < of.size(); ++i) {
    ASSERT_LT(of[i], n) << fine.sectors[i].name();
    outputs[of[i]] += fine.sectors[i].gross_output;
  }
  for (const InputCoefficient& one : fine.coefficients) {
    flows[of[one.product] * n + of[one.input]] +=
        one.value * fine.sectors[one.product].gross_output;
  }
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_NEAR(outputs[i] / coarse.sectors[i].gross_output, 1, 1e-9) << coarse.sectors[i].name();
  }
  std::vector<double> wanted(n * n);
  for (const InputCoefficient& one : coarse.coefficients) {
    wanted[one.product * n + one.input] = one.value * coarse.sectors[one.product].gross_output;
  }
  for (std::size_t cell = 0; cell < n * n; ++cell) {
    EXPECT_NEAR(flows[cell], wanted[cell], 1e-9 * coarse.sectors[cell / n].gross_output);
  }
}

// A national table in the dress of a statistics office: a title, a unit, groups, names and codes as
// headings, groups of rows named once, sums called 合计, commas in thousands, blanks for zero,
// notes.
std::string dress(const Table& plain) {
  const auto quoted = [](std::string_view text) {
    return text.find(',') == std::string_view::npos ? std::string(text)
                                                    : "\"" + std::string(text) + "\"";
  };
  const auto grouped = [&](std::string_view text) {
    if (text == "0.0" || text == "0") return std::string();
    std::string out(text);
    const std::size_t sign = out.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(out.find('.'), out.size());
    if (out.find('e') != std::string::npos) return out;
    while (at > sign + 3) out.insert(at -= 3, ",");
    return quoted(out);
  };
  const std::size_t origin = *plain.column("Origin");
  const std::size_t first = origin + 1;
  const std::size_t sectors = *plain.column("TIU") - first;
  std::string text = "2020年全国投入产出表\n,,,,,,,,单位：万元\n投入＼产出,,,,中间使用";
  std::string names = ",名称,代码,来源";
  std::string codes = ",,,";
  for (std::size_t c = first; c < plain.columns().size(); ++c) {
    const std::string& code = plain.columns()[c];
    if (c > first) text += c == first + sectors + 1 ? ",最终使用" : ",";
    const bool sector = c < first + sectors;
    names += "," + (sector                           ? quoted(plain.cell(c - first, 2).text)
                    : code == "TIU" || code == "TFU" ? "合计"
                    : code == "GO"                   ? "总产出"
                                                     : "");
    codes += "," + (sector ? code : code == "TIU" || code == "TFU" || code == "GO" ? "" : code);
  }
  text += "\n" + names + "\n" + codes + "\n";
  for (std::size_t r = 0; r < plain.size(); ++r) {
    const std::string code(plain.cell(r, 0).text);
    const bool added = code.starts_with("VA") || code == "TVA";
    text += r == 0 ? "中间投入" : code == "VA001" ? "增加值" : code == "TI" ? "总投入" : "";
    text += "," + (code == "TII" || code == "TVA" ? "合计" : quoted(plain.cell(r, 2).text));
    text += "," + (added || code == "TII" || code == "TI" ? "" : code);
    text += "," + std::string(plain.cell(r, origin).text);
    for (std::size_t c = first; c < plain.columns().size(); ++c) {
      text += "," + grouped(plain.cell(r, c).text);
    }
    text += "\n";
  }
  return text + "注：本表按当年生产者价格计算。\n资料来源：国家统计局\n";
}

TEST_F(NationalTables, TheDressOfAStatisticsOfficeDoesNotChangeTheGraph) {
  const Table table = read_table(data_ / "china_io" / "china_2020_42.csv");
  const fs::path folder = fs::temp_directory_path() / "liantu-published";
  fs::create_directories(folder);
  std::ofstream(folder / "全国.csv", std::ios::binary) << dress(table);
  const InputOutputTable plain = read_input_output_table(table);
  TableOptions options;
  options.header = HeaderRow::None;
  const InputOutputTable published =
      read_input_output_table(read_table(folder / "全国.csv", {}, options));
  for (const Problem& problem : published.problems) {
    EXPECT_EQ(problem.severity, Severity::Note) << problem.to_string(Language::En);
  }
  EXPECT_EQ(published.coefficients, plain.coefficients);
  EXPECT_EQ(published.scheme, plain.scheme);
  EXPECT_EQ(published.imports, ImportTreatment::Stated);
  EXPECT_EQ(published.unit, 1e4);
  EXPECT_EQ(published.year, 2020);
  const auto graph = [](const fs::path& file) {
    std::vector<std::string> lines;
    const IngestResult result = ingest({file});
    const Relation relation = result.graph.relation(RelationKind::Requires);
    for (std::uint64_t e = 0; e < relation.size(); ++e) {
      lines.push_back(std::string(result.graph.name(relation.source(EdgeId{e}))) + " " +
                      std::string(result.graph.name(relation.target(EdgeId{e}))) + " " +
                      std::to_string(*relation.number(EdgeId{e}, EdgeNumber::Coefficient)) + " " +
                      std::to_string(relation.provenance(EdgeId{e}).as_of.year));
    }
    return lines;
  };
  EXPECT_EQ(graph(folder / "全国.csv"), graph(data_ / "china_io" / "china_2020_42.csv"));
  fs::remove_all(folder);
}

// Every sector needs nearly every other: steps of production put ores before cars all the same.
TEST_F(NationalTables, RawMaterialsStandUpstreamAndWhatIsUsedUpDownstream) {
  struct Case {
    const char* file;
    std::vector<std::string> upstream;
    std::vector<std::string> downstream;
  };
  for (const Case& one :
       {Case{"china_2020_42.csv",
             {"石油和天然气开采产品", "金属矿采选产品", "煤炭采选产品", "农林牧渔产品和服务"},
             {"建筑", "卫生和社会工作", "教育"}},
        Case{"china_2020_153.csv",
             {"黑色金属矿采选产品", "煤炭开采和洗选产品", "农产品", "基础化学原料"},
             {"汽车整车", "家用器具", "医疗仪器设备及器械", "住宅房屋建筑"}}}) {
    const EnterpriseGraph graph = ingest({data_ / "china_io" / one.file}, {}).graph;
    const auto positions = find_positions(graph);
    const auto after = [&](const std::string& name) {
      const std::vector<EntityId> found = graph.find(EntityKind::Segment, name);
      EXPECT_EQ(found.size(), 1U) << name;
      return positions.at(graph.local(found.front()))->after();
    };
    for (const std::string& name : one.upstream) EXPECT_GE(after(name), 2.0 / 3) << name;
    for (const std::string& name : one.downstream) EXPECT_LE(after(name), 1.0 / 3) << name;
  }
}

TEST_F(NationalTables, OnlyThoseOfOneClassificationAreReadTogether) {
  const auto unusable = [&](const std::string& one, const std::string& other) {
    IngestOptions options;
    options.unusable = UnusableFiles::Report;
    return ingest({data_ / "china_io" / (one + ".csv"), data_ / "china_io" / (other + ".csv")},
                  options)
        .unusable_files;
  };
  EXPECT_EQ(unusable("china_2018_153", "china_2020_153"), 0U);
  EXPECT_EQ(unusable("china_2020_42", "china_2020_153"), 1U);
  EXPECT_EQ(unusable("china_2017_149", "china_2020_153"), 1U);
}

TEST_F(NationalTables, NearlyEveryFirmOfTheDistrictFindsItsSector) {
  const IngestResult result =
      ingest({data_ / "registry" / "dadukou.csv", data_ / "china_io" / "china_2020_153.csv"});
  EXPECT_GT(result.industries_inferred, 1450U);
  EXPECT_EQ(result.graph.size(EntityKind::Segment), 153U);
  GapOptions options;
  options.district.region = RegionCode(500104);
  EXPECT_FALSE(find_gaps(result.graph, options).gaps.empty());
}

}  // namespace
}  // namespace liantu
