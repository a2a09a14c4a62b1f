#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "liantu/ingest/ingest.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/ingest/sectors/concordance.hpp"
#include "liantu/tables/read_table.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

using Shares = std::map<std::size_t, double>;  // by sector of the table of 153

fs::path real_data() {
  const char* folder = std::getenv("LIANTU_REAL_DATA");
  return folder == nullptr ? fs::path() : fs::path(folder);
}

// The listed firms, their products and the national table.
class NeedAccuracy : public testing::Test {
 protected:
  void SetUp() override {
    if (real_data().empty() || !fs::exists(real_data() / "chain_kg")) {
      GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with chain_kg/";
    }
  }

  static const EnterpriseGraph& graph() {
    static const EnterpriseGraph result = [] {
      IngestOptions options;
      const fs::path mapping =
          fs::path(test::source_tree()) / "examples" / "mappings" / "register_and_listed.json";
      options.mapping = parse_mapping(read_file(mapping, 1 << 20), mapping.filename().string());
      return ingest({real_data() / "chain_kg", real_data() / "china_io" / "china_2020_153.csv"},
                    options)
          .graph;
    }();
    return result;
  }

  static std::optional<std::size_t> sector(std::string_view industry) {
    return industry.empty() ? std::nullopt : sector_of(industry, SectorScheme::China153);
  }

  // What listed firms make, by ticker: the sectors of their products by shares of revenue, and the
  // industry that they state for a third of it.
  static const std::map<std::string, Shares>& made() {
    static const std::map<std::string, Shares> result = [] {
      std::map<std::string, Shares> all;
      const EnterpriseGraph& of = graph();
      const Relation makes = of.relation(RelationKind::Makes);
      for (std::uint32_t i = 0; i < of.size(EntityKind::Firm); ++i) {
        const EntityId firm = of.entity(FirmId{i});
        Shares shares;
        const EdgeRange range = makes.out_edges(firm);
        const auto main = sector(of.text(firm, EntityText::Industry));
        for (std::uint64_t e = range.first; e < range.last; ++e) {
          const EntityId product = makes.target(EdgeId{e});
          if (of.text(product, EntityText::Type) == "industry") continue;
          const auto known = sector(of.text(product, EntityText::Industry));
          const double share =
              std::clamp(makes.number(EdgeId{e}, EdgeNumber::Share).value_or(0), 0.0, 1.0);
          // What nobody knows the sector of is mostly of the firm's industry.
          if (known) {
            shares[*known] += share;
          } else if (main) {
            shares[*main] += 0.7 * share;
          }
        }
        double total = 0;
        for (const auto& [one, share] : shares) total += share;
        if (total > 0) {
          for (auto& [one, share] : shares) share /= total;
        }
        if (main) {
          for (auto& [one, share] : shares) share *= 2.0 / 3;
          shares[*main] += total > 0 ? 1.0 / 3 : 1;
        }
        if (!shares.empty()) all[std::string(of.text(firm, EntityText::Key))] = shares;
      }
      return all;
    }();
    return result;
  }

  // Location quotients, by input and buyer.
  static const std::vector<std::vector<double>>& quotients() {
    static const std::vector<std::vector<double>> result = [] {
      std::vector<std::vector<double>> table = coefficients();
      for (std::vector<double>& row : table) {
        double mean = 0;
        for (const double one : row) mean += one / static_cast<double>(row.size());
        for (double& one : row) one = mean > 0 ? one / mean : 0;
      }
      return table;
    }();
    return result;
  }

  static const std::vector<std::vector<double>>& coefficients() {
    static const std::vector<std::vector<double>> result = [] {
      constexpr std::size_t kSectors = 153;
      const EnterpriseGraph& of = graph();
      std::vector<std::vector<double>> table(kSectors, std::vector<double>(kSectors));
      const Relation needs = of.relation(RelationKind::Requires);
      std::map<std::uint32_t, std::size_t> place;
      for (std::uint32_t s = 0; s < of.size(EntityKind::Segment); ++s) {
        const EntityId segment = of.entity(SegmentId{s});
        if (!of.number(segment, EntityNumber::OutputShare)) continue;
        const std::string_view industries = of.text(segment, EntityText::Industry);
        const std::string_view first = industries.substr(0, industries.find(';'));
        for (const Industry& one : industries_at(first)) {
          if (const auto found = sector(one.code)) place.emplace(s, *found);
        }
      }
      for (std::uint64_t e = 0; e < needs.size(); ++e) {
        const auto coefficient = needs.number(EdgeId{e}, EdgeNumber::Coefficient);
        const auto buyer = place.find(of.local(needs.source(EdgeId{e})));
        const auto input = place.find(of.local(needs.target(EdgeId{e})));
        if (!coefficient || buyer == place.end() || input == place.end()) continue;
        table[input->second][buyer->second] = *coefficient;
      }
      return table;
    }();
    return result;
  }

  // Classes at or below a code.
  static std::vector<Industry> industries_at(std::string_view code) {
    std::vector<Industry> found;
    for (const Industry& one : industries()) {
      if (one.code.starts_with(code)) found.push_back(one);
    }
    return found;
  }
};

// Ways to weigh what a customer needs of a supplier, the first as the program does it.
struct Way {
  std::string_view name;
  bool quotient = true;  // else the bare coefficient
  bool roots = true;     // shares come from several classifications and old years
  bool within = true;    // needs within a sector count
  bool main_only = false;
  bool kinds = false;  // whose kind of goods the customer's industry takes counts more than others
};
constexpr Way kWays[] = {{"location quotient"},
                         {"its coefficient instead", false},
                         {"shares as stated", true, false},
                         {"without needs within a sector", true, true, false},
                         {"main sectors alone", true, true, true, true},
                         {"with kinds of goods", true, true, true, false, true}};

Shares weights(const Shares& shares, const Way& way) {
  Shares result;
  if (way.main_only) {
    const auto main =
        std::ranges::max_element(shares, {}, [](const auto& entry) { return entry.second; });
    result[main->first] = 1;
    return result;
  }
  double total = 0;
  for (const auto& [sector, share] : shares) {
    total += result[sector] = way.roots ? std::sqrt(share) : share;
  }
  for (auto& [sector, share] : result) share = total > 0 ? share / total : 0;
  return result;
}

double need(const Shares& supplier, const Shares& customer,
            const std::vector<std::vector<double>>& table, const Way& way) {
  double sum = 0;
  const Shares buys = weights(customer, way);
  for (const auto& [t, made] : weights(supplier, way)) {
    for (const auto& [s, makes] : buys) {
      if (way.within || t != s) sum += made * makes * table[t][s];
    }
  }
  return sum;
}

// What a firm's leading product is of the kinds of the sector of the industry that it states.
struct Maker {
  EntityId entity{0};
  std::string industry;
  std::optional<std::size_t> sector;
  const GoodsKind* kind = nullptr;
};

std::map<std::string, Maker> read_makers(const EnterpriseGraph& of) {
  std::map<std::size_t, std::vector<const GoodsKind*>> kinds;
  for (std::uint32_t s = 0; s < of.size(EntityKind::Segment); ++s) {
    const std::vector<const GoodsKind*> made = kinds_made_in(of, SegmentId{s});
    if (made.empty()) continue;
    for (const std::string_view code : of.list(of.entity(SegmentId{s}), EntityText::Industry)) {
      for (const Industry& one : industries()) {
        if (!one.code.starts_with(code)) continue;
        if (const auto sector = sector_of(one.code, SectorScheme::China153)) kinds[*sector] = made;
      }
    }
  }
  std::map<std::string, Maker> makers;
  const Relation makes = of.relation(RelationKind::Makes);
  for (std::uint32_t i = 0; i < of.size(EntityKind::Firm); ++i) {
    Maker maker{of.entity(FirmId{i}),
                std::string(of.text(of.entity(FirmId{i}), EntityText::Industry))};
    if (maker.industry.empty()) continue;
    maker.sector = sector_of(maker.industry, SectorScheme::China153);
    if (!maker.sector) continue;
    double most = 0;
    const EdgeRange range = makes.out_edges(maker.entity);
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const double share = makes.number(EdgeId{e}, EdgeNumber::Share).value_or(0);
      const EntityId product = makes.target(EdgeId{e});
      if (share <= most || of.text(product, EntityText::Type) == "industry") continue;
      const GoodsKind* kind = kind_of_product(of.name(product), kinds[*maker.sector]);
      if (kind == nullptr) continue;
      maker.kind = kind;
      most = share;
    }
    makers[std::string(of.text(maker.entity, EntityText::Key))] = maker;
  }
  return makers;
}

TEST_F(NeedAccuracy, RealSuppliersMakeWhatTheirCustomersSectorsTakeMoreThanOthersDo) {
  const Table table = read_table(real_data() / "supply_links_cn" / "supplier_customer.csv");
  std::vector<std::pair<std::string, std::string>> links;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto ticker = [&](std::size_t column) {
      return std::string(table.cell(row, column).text.substr(0, 6));
    };
    const std::pair link(ticker(0), ticker(1));
    if (link.first != link.second && made().contains(link.first) && made().contains(link.second)) {
      links.push_back(link);
    }
  }
  ASSERT_GT(links.size(), 2500U);
  const std::set<std::pair<std::string, std::string>> known(links.begin(), links.end());
  const std::map<std::string, Maker> makers = read_makers(graph());
  const auto fit = [&](const std::string& supplier, const std::string& customer) {
    constexpr double kTaken = 2;
    constexpr double kOther = 0.5;
    const auto one = makers.find(supplier);
    const auto other = makers.find(customer);
    if (one == makers.end() || other == makers.end() || one->second.kind == nullptr) return 1.0;
    if (one->second.sector == other->second.sector) return 1.0;
    return works_up(other->second.industry, *one->second.kind) ? kTaken : kOther;
  };
  for (const Way& way : kWays) {
    const auto& table_of = way.quotient ? quotients() : coefficients();
    std::mt19937 random(1);
    std::vector<std::pair<double, bool>> scores;
    std::size_t real_above = 0;
    std::size_t others_above = 0;
    for (const auto& [supplier, buyer] : links) {
      const std::string& customer = buyer;  // what a lambda may name
      const auto score = [&](const std::string& one) {
        return need(made().at(one), made().at(customer), table_of, way) *
               (way.kinds ? fit(one, customer) : 1);
      };
      const double real = score(supplier);
      scores.emplace_back(real, true);
      if (real >= 1.2) ++real_above;
      // As often a supplier as it is one of anybody.
      for (int k = 0; k < 3;) {
        const std::string& other = links[random() % links.size()].first;
        if (other == customer || known.contains({other, customer})) continue;
        scores.emplace_back(score(other), false);
        if (scores.back().first >= 1.2) ++others_above;
        ++k;
      }
    }
    std::ranges::sort(scores);
    double ranks = 0;
    for (std::size_t first = 0, last = 0; first < scores.size(); first = last) {
      while (last < scores.size() && scores[last].first == scores[first].first) ++last;
      const double rank = static_cast<double>(first + last + 1) / 2;
      for (std::size_t i = first; i < last; ++i) ranks += scores[i].second ? rank : 0;
    }
    const auto count = static_cast<double>(links.size());
    const double auc = (ranks - count * (count + 1) / 2) / (count * count * 3);
    std::cout << fmt::format("{}: links {}; AUC {:.3f}; 1.2 or more: real {:.2f}, others {:.2f}\n",
                             way.name, links.size(), auc, static_cast<double>(real_above) / count,
                             static_cast<double>(others_above) / count / 3);
    if (&way == kWays) {
      EXPECT_GE(auc, 0.65);
    }
  }
}

// Of a real supplier and another of the same sector, each with a known kind: how often the customer
// works up the one's kind and not the other's; neither or both counts half. The table was written
// without these links.
TEST_F(NeedAccuracy, KindsPartRealSuppliersFromOthersOfTheirSector) {
  const std::map<std::string, Maker> makers = read_makers(graph());
  std::map<std::size_t, std::vector<const Maker*>> by_sector;
  for (const auto& [key, maker] : makers) {
    if (maker.kind != nullptr) by_sector[*maker.sector].push_back(&maker);
  }
  const Table table = read_table(real_data() / "supply_links_cn" / "supplier_customer.csv");
  double wins = 0;
  std::size_t pairs = 0;
  std::size_t links = 0;
  std::size_t fit = 0;
  double others_fit = 0;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto supplier = makers.find(std::string(table.cell(row, 0).text.substr(0, 6)));
    const auto customer = makers.find(std::string(table.cell(row, 1).text.substr(0, 6)));
    if (supplier == makers.end() || customer == makers.end()) continue;
    const Maker& real = supplier->second;
    const std::string& buyer = customer->second.industry;
    // Who makes goods of another sector; within one, makers supply one another whatever they make.
    if (real.kind == nullptr || buyer.front() != 'C' || customer->second.sector == real.sector)
      continue;
    const std::vector<const Maker*>& others = by_sector[*real.sector];
    if (others.size() < 5) continue;
    ++links;
    const bool fits = works_up(buyer, *real.kind);
    fit += fits ? 1 : 0;
    double fitting = 0;
    for (const Maker* other : others) fitting += works_up(buyer, *other->kind) ? 1 : 0;
    const auto count = static_cast<double>(others.size());
    others_fit += fitting / count;
    wins += (fits ? count - fitting + fitting / 2 : (count - fitting) / 2) / count;
    ++pairs;
  }
  ASSERT_GT(links, 200U);
  const double auc = wins / static_cast<double>(pairs);
  std::cout << fmt::format(
      "links {}: AUC within a sector {:.3f}; fits: real {:.3f}, others {:.3f}\n", links, auc,
      static_cast<double>(fit) / static_cast<double>(links),
      others_fit / static_cast<double>(links));
  EXPECT_GT(auc, 0.5);
}

// How often the main sector of a firm that makes goods is read out of its name and scope.
TEST_F(NeedAccuracy, MainSectorsAreReadOutOfScopes) {
  const Table table = read_table(real_data() / "listed_scopes" / "scopes.csv");
  const std::size_t name = table.column("name").value();
  const std::size_t code = table.column("code").value();
  const std::size_t scope = table.column("scope").value();
  const IndustryClassifier classifier;
  constexpr std::size_t kGoods = 99;  // sectors up to repair
  struct Count {
    int firms = 0;
    int right = 0;
  };
  Count all;
  Count folds[2];
  std::map<double, Count> by_confidence;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto firm = made().find(std::string(table.cell(row, code).text.substr(0, 6)));
    if (firm == made().end()) continue;
    const auto main =
        std::ranges::max_element(firm->second, {}, [](const auto& entry) { return entry.second; });
    if (main->first >= kGoods) continue;
    const auto read = classifier.classify(table.cell(row, name).text, table.cell(row, scope).text);
    const bool right = read && sector(read->code) == main->first;
    for (Count* count : {&all, &folds[row % 2], &by_confidence[read ? read->confidence : 0]}) {
      ++count->firms;
      count->right += right ? 1 : 0;
    }
  }
  const auto share = [](const Count& count) {
    return static_cast<double>(count.right) / std::max(1, count.firms);
  };
  std::cout << fmt::format(
      "goods makers {}; main sector right {:.3f}; even rows {:.3f}, odd {:.3f}\n", all.firms,
      share(all), share(folds[0]), share(folds[1]));
  for (const auto& [confidence, count] : by_confidence) {
    std::cout << fmt::format("confidence {:.2f}: {} firms, {:.2f}\n", confidence, count.firms,
                             share(count));
  }
  EXPECT_GT(all.firms, 800);
}

}  // namespace
}  // namespace liantu
