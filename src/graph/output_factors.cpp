#include "liantu/graph/output_factors.hpp"

namespace liantu {

std::string_view factor_basis_word(std::optional<EntityNumber> per) {
  if (!per) return "firm";
  switch (*per) {
    case EntityNumber::RegisteredCapital:
      return "capital";
    case EntityNumber::Revenue:
      return "revenue";
    case EntityNumber::Tax:
      return "tax";
    case EntityNumber::Staff:
      return "staff";
    case EntityNumber::Research:
      return "research";
    case EntityNumber::Energy:
      return "energy";
    case EntityNumber::Emission:
      return "emission";
    case EntityNumber::Land:
      return "land";
    case EntityNumber::OutputShare:
      return "output_share";
    case EntityNumber::ValueAdded:
      return "value_added";
    case EntityNumber::Electricity:
      return "electricity";
    case EntityNumber::PlotRatio:
      return "plot_ratio";
    case EntityNumber::FloorSpace:
      return "floor_space";
  }
  return "";
}

Text factor_basis_text(std::optional<EntityNumber> per) {
  if (!per) return {"firm", "家企业"};
  switch (*per) {
    case EntityNumber::RegisteredCapital:
      return {"CNY of registered capital", "元注册资本"};
    case EntityNumber::Revenue:
      return {"CNY of revenue", "元营业收入"};
    case EntityNumber::Tax:
      return {"CNY of tax", "元税收"};
    case EntityNumber::Staff:
      return {"head of staff", "名从业人员"};
    case EntityNumber::Research:
      return {"CNY of R&D", "元研发投入"};
    case EntityNumber::Energy:
      return {"tonne of coal equivalent", "吨标准煤能耗"};
    case EntityNumber::Emission:
      return {"tonne of emissions", "吨排放"};
    case EntityNumber::Land:
      return {"mu of land", "亩用地"};
    case EntityNumber::OutputShare:
      return {"whole of all sectors' output", "份各部门总产出"};
    case EntityNumber::ValueAdded:
      return {"CNY of value added", "元增加值"};
    case EntityNumber::Electricity:
      return {"kWh of electricity", "千瓦时用电量"};
    case EntityNumber::PlotRatio:
      return {"unit of plot ratio", "单位容积率"};
    case EntityNumber::FloorSpace:
      return {"square metre of floor space", "平方米建筑面积"};
  }
  return {};
}

}  // namespace liantu
