#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/ingest/edges/link_table.hpp"
#include "liantu/links/backtest/baselines.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/links/backtest/hiding.hpp"
#include "liantu/links/backtest/scorer_methods.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

class RealLinks : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("LIANTU_REAL_DATA");
    if (folder != nullptr) folder_ = folder;
    if (folder_.empty() || !fs::exists(folder_ / "supply_links" / "supplier_customer.csv")) {
      GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with supply_links/ and investments/";
    }
  }

  fs::path folder_;
};

const MethodFigures& method(const Evaluation& evaluation, std::string_view name) {
  for (const MethodFigures& figures : evaluation.methods) {
    if (figures.method == name) return figures;
  }
  throw std::runtime_error("no such method");
}

TEST_F(RealLinks, DirectedPathsFindSuppliersThatSharedNeighboursDoNot) {
  const LinkTable table = read_links(folder_ / "supply_links" / "supplier_customer.csv");
  HideOptions hide;
  hide.ask.cap = 20;
  hide.ask.most_sources = 500;
  const LinkTask task = hide_links(table.graph, hide).task;
  std::vector<LinkMethod> methods;
  for (LinkMethod& one : scorer_methods(table.graph, task)) {
    if (one.name == "directed_l3" || one.name == "resource_allocation") {
      methods.push_back(std::move(one));
    }
  }
  const Evaluation evaluation = evaluate_links(table.graph, task, methods);
  ASSERT_TRUE(evaluation.conclusive);
  const MethodFigures& best = method(evaluation, "directed_l3");
  EXPECT_GT(best[Measure::Mrr].value, 0.10);
  EXPECT_LT(best[Measure::Mrr].value, 0.20);
  EXPECT_LT(method(evaluation, "resource_allocation").mrr_gain->interval.high, 0);
}

TEST_F(RealLinks, InvestmentsAreSplitByDate) {
  LinkTableOptions options;
  options.columns = {"investor_name", "company_name", "funded_when"};
  const LinkTable table =
      read_links(folder_ / "investments" / "investments_before_2012.csv", options);
  HideAfterOptions hide;
  hide.from = {2011, 1, 1};
  hide.ask.source_end = SourceEnd::From;
  hide.ask.cold = ColdLinks::LeftOut;
  const Hiding hiding = hide_after(table.graph, hide);
  EXPECT_EQ(hiding.undated, 0U);
  EXPECT_GT(hiding.asked_links, 1500U);
  EXPECT_GT(hiding.cold, 7000U);
}

}  // namespace
}  // namespace liantu
