#include "liantu/report/prospects/prospect_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "report/prospects/prospect_columns.hpp"
#include "report/words/words.hpp"

namespace liantu {

Sheet prospect_sheet(const EnterpriseGraph& graph, const GapReport& report,
                     const ProspectList& list, const SheetOptions& options) {
  const bool learned = list.learned && list.learned->used;
  const ProspectTable table{graph, report, options, learned};
  std::vector<const Prospect*> rows;
  const auto add = [&](const std::vector<Prospect>& part) {
    const std::size_t shown = options.most > 0 ? std::min(options.most, part.size()) : part.size();
    for (std::size_t i = 0; i < shown; ++i) rows.push_back(&part[i]);
    return shown;
  };
  Text said;
  const auto part = [&](const std::vector<Prospect>& listed, const Text& what, std::size_t all) {
    const Text here = shown_of(what, add(listed), all, "家");
    said.en += (said.en.empty() ? "" : "; ") + here.en;
    said.zh += (said.zh.empty() ? "" : "；") + here.zh;
  };
  part(list.prospects, {"prospects", "招商对象"}, list.prospect_count);
  part(list.unlocated, {"firms to be located first", "注册地待核"}, list.unlocated_count);
  part(list.expansions, {"already present (expansion)", "已在本地（增资扩产）"},
       list.expansion_count);
  part(list.screened, {"screened out", "按政策筛除"}, list.screened.size());
  Sheet sheet = sheet_of(prospect_columns(table), options.brief ? kBrief : kFull, rows);
  sheet.title = {"Prospect list", "潜在招商对象清单"};
  if (list.prospect_count + list.unlocated_count + list.expansion_count == 0) {
    sheet.notes.push_back(
        {"no firm of these tables would fill a gap here; add tables of firms from "
         "elsewhere",
         "表中没有可补本地缺口的企业；请加入外地企业的表"});
  }
  sheet.notes.push_back(said);
  if (list.learned) sheet.notes.push_back(list.learned->remark);
  return sheet;
}

}  // namespace liantu
