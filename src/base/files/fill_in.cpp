#include "liantu/base/files/fill_in.hpp"

namespace liantu {

std::span<const FillIn> fill_in_columns() {
  static const std::vector<FillIn> columns = {
      {"department", {"department in charge", "责任单位"}, {}},
      {"person", {"person in charge", "责任人"}, {}},
      {"stage",
       {"stage", "跟进阶段"},
       {{"to be contacted", "待接触"},
        {"contacted", "已联系"},
        {"visited", "已拜访"},
        {"came to see us", "已考察"},
        {"negotiating", "洽谈中"},
        {"about to sign", "拟签约"},
        {"signed", "已签约"},
        {"lost", "已流失"}}},
      {"next_step", {"next step", "下一步"}, {}},
      {"deadline", {"deadline", "完成时限"}, {}},
      {"remark", {"remark", "备注"}, {}}};
  return columns;
}

}  // namespace liantu
