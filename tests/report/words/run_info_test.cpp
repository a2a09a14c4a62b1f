#include "liantu/report/words/run_info.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(RunText, NamesVersionDateInputsAndOptionsInBothLanguages) {
  RunInfo run;
  run.version = "0.1.0";
  run.inputs = {{"区.liantu", "00ff"}};
  run.parameters = {{"anchor", "甲"}, {"anchor", "乙"}, {"top", 20.0}, {"weak-coverage", 0.5}};
  run.data_date = "2025-02-08";
  EXPECT_EQ(run_text(run),
            (Text{"liantu 0.1.0; data of 2025-02-08; 区.liantu 00ff; --anchor 甲; --anchor 乙; "
                  "--top 20; --weak-coverage 0.5",
                  "liantu 0.1.0；数据截至 2025-02-08；区.liantu 00ff；--anchor 甲；--anchor 乙；"
                  "--top 20；--weak-coverage 0.5"}));
  run.data_date.clear();
  run.inputs.clear();
  run.parameters.clear();
  EXPECT_EQ(run_text(run), (Text{"liantu 0.1.0", "liantu 0.1.0"})) << "nothing unknown is named";
}

}  // namespace
}  // namespace liantu
