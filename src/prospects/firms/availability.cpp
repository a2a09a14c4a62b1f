#include "liantu/prospects/firms/availability.hpp"

#include "liantu/chain/firms/data_date.hpp"
#include "prospects/firms/presence.hpp"

namespace liantu {

Availability availability(const EnterpriseGraph& graph, FirmId firm, const District& district) {
  const District complete = complete_district(district);
  const FirmPresence presence(graph, complete, data_date(graph));
  return presence.availability(firm, standing(graph, firm, complete), true);
}

Text may_come_text(MayCome may) {
  switch (may) {
    case MayCome::Yes:
      return {"may be called", "可联系"};
    case MayCome::Unlocated:
      return {"its region is unknown: locate it first", "注册地不明，须先核实"};
    case MayCome::Present:
      return {"already present in the district", "已在本地"};
    case MayCome::StruckOff:
      return {"struck off the register", "已注销"};
    case MayCome::Closing:
      return {"its licence is revoked, or it is being wound up or is bankrupt",
              "已被吊销，或正在清算、破产、解散"};
    case MayCome::Inside:
      return {"it is in the district itself", "企业本身就在该地区"};
    case MayCome::Home:
      break;
  }
  return {"it is registered where prospects are not sought", "企业注册在招商来源范围之内"};
}

}  // namespace liantu
