#include "report/formats/stopped.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/sheets_json.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/formats/workbook.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
#include "liantu/report/gaps/gaps_json.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "liantu/report/prospects/prospects_json.hpp"
#include "report/district_case.hpp"
#include "report/json_case.hpp"

namespace liantu {
namespace {

TEST(WritingStopped, EveryWriterOfAListAsksWhetherToStop) {
  const test::DistrictCase c = test::car_case();
  const RunInfo run = test::run_info();
  const Sheet list = prospect_sheet(c.graph, c.report, c.list, {});
  using Writer = std::function<void(const std::stop_token&)>;
  const std::vector<std::pair<std::string, Writer>> writers = {
      {"csv", [&](const auto& stop) { std::ignore = render_csv(list, Language::Zh, stop); }},
      {"xlsx", [&](const auto& stop) { std::ignore = write_workbook({list}, Language::Zh, stop); }},
      {"table", [&](const auto& stop) { std::ignore = render_table(list, {.stop = stop}); }},
      {"sheets as JSON",
       [&](const auto& stop) {
         std::ignore = sheets_json("x/1", {{"rows", list}}, run, stop);
       }},
      {"sheet of prospects",
       [&](const auto& stop) {
         std::ignore = prospect_sheet(c.graph, c.report, c.list, {.stop = stop});
       }},
      {"sheet of gaps",
       [&](const auto& stop) { std::ignore = gap_sheet(c.graph, c.report, {.stop = stop}); }},
      {"prospects as JSON",
       [&](const auto& stop) {
         std::ignore = prospects_json(c.graph, c.report, c.list, run, stop);
       }},
      {"gaps as JSON",
       [&](const auto& stop) {
         std::ignore = gaps_json(c.graph, c.report, run, 0, nullptr, nullptr, stop);
       }},
  };
  std::stop_source asked;
  asked.request_stop();
  for (const auto& [name, write] : writers) {
    EXPECT_NO_THROW(write({})) << name;
    try {
      write(asked.get_token());
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Cancelled) << name;
      EXPECT_EQ(error.message().en, kWritingStopped.en) << name;
      EXPECT_EQ(error.message().zh, kWritingStopped.zh) << name;
    }
  }
}

}  // namespace
}  // namespace liantu
