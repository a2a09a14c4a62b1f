#include <algorithm>
#include <array>

#include "base/regions/region_gazetteer.hpp"
#include "base/regions/region_names.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

// Words for what a firm does or how it is set up, as they stand before the legal form; longer ones
// before those they end in.
constexpr std::string_view kTrades[] = {
    "新材料科技", "信息技术", "网络科技", "生物科技",   "环保科技", "智能科技", "供应链管理",
    "物业管理",   "企业管理", "工程技术", "工业技术",   "技术开发", "技术服务", "房地产开发",
    "置业发展",   "文化传播", "文化传媒", "汽车零部件", "零部件",   "医疗器械", "有色金属",
    "金属制品",   "塑料制品", "橡胶制品", "木制品",     "纸制品",   "建筑工程", "装饰工程",
    "园林绿化",   "机电设备", "机械设备", "电力设备",   "生物医药", "生物技术", "新能源",
    "新材料",     "半导体",   "房地产",   "物联网",     "互联网",   "进出口",   "供应链",
    "零售",       "集成电路", "微电子",   "光电子",     "计算机",   "自动化",   "机器人",
    "农产品",     "食品加工", "商业连锁", "文化旅游",   "国际贸易", "国际物流", "开发建设",
    "城市建设",   "基础设施", "融资租赁", "小额贷款",   "资产管理", "投资管理", "股权投资",
    "创业投资",   "电子商务", "餐饮管理", "酒店管理",   "劳务派遣", "建筑劳务", "人力资源",
    "广告传媒",   "科技",     "贸易",     "商贸",       "工贸",     "经贸",     "外贸",
    "机械",       "电子",     "电器",     "电气",       "电机",     "机电",     "仪器",
    "仪表",       "设备",     "装备",     "制造",       "实业",     "工业",     "商业",
    "产业",       "集团",     "控股",     "股份",       "国际",     "投资",     "发展",
    "开发",       "建设",     "建筑",     "建工",       "建材",     "工程",     "装饰",
    "装修",       "材料",     "新材",     "化工",       "化学",     "化纤",     "石化",
    "石油",       "能源",     "电力",     "电网",       "热力",     "热电",     "燃气",
    "天然气",     "煤业",     "煤炭",     "矿业",       "钢铁",     "金属",     "铝业",
    "铜业",       "有色",     "冶金",     "铸造",       "锻造",     "模具",     "五金",
    "标准件",     "紧固件",   "轴承",     "齿轮",       "阀门",     "水泵",     "泵业",
    "电缆",       "线缆",     "光电",     "光学",       "激光",     "通信",     "通讯",
    "网络",       "信息",     "软件",     "数据",       "数码",     "数字",     "智能",
    "技术",       "系统",     "互动",     "文化",       "传媒",     "传播",     "影视",
    "广告",       "印刷",     "印务",     "包装",       "纸业",     "造纸",     "出版",
    "教育",       "咨询",     "服务",     "管理",       "营销",     "销售",     "贩卖",
    "采购",       "租赁",     "担保",     "典当",       "拍卖",     "金融",     "证券",
    "期货",       "基金",     "保险",     "信托",       "银行",     "资本",     "资产",
    "财务",       "地产",     "置业",     "置地",       "物业",     "物流",     "运输",
    "运业",       "货运",     "客运",     "快递",       "仓储",     "港口",     "港务",
    "航运",       "航空",     "机场",     "铁路",       "公路",     "高速",     "交通",
    "船舶",       "造船",     "汽车",     "汽配",       "车辆",     "摩托车",   "客车",
    "车业",       "轮胎",     "橡胶",     "塑料",       "塑胶",     "塑业",     "玻璃",
    "陶瓷",       "水泥",     "混凝土",   "石材",       "木业",     "家具",     "家居",
    "家电",       "照明",     "灯饰",     "灯具",       "电池",     "电源",     "光伏",
    "风电",       "太阳能",   "环保",     "环境",       "节能",     "水务",     "水利",
    "园林",       "景观",     "农业",     "农牧",       "牧业",     "畜牧",     "养殖",
    "种植",       "种业",     "林业",     "渔业",       "水产",     "粮油",     "粮食",
    "油脂",       "饲料",     "食品",     "饮料",       "乳业",     "酒业",     "酿酒",
    "茶业",       "糖业",     "调味品",   "餐饮",       "酒店",     "宾馆",     "旅游",
    "旅行社",     "休闲",     "娱乐",     "体育",       "医药",     "制药",     "药业",
    "药房",       "生物",     "医疗",     "健康",       "保健",     "器械",     "纺织",
    "织造",       "印染",     "服装",     "服饰",       "制衣",     "鞋业",     "皮革",
    "皮具",       "珠宝",     "首饰",     "工艺品",     "礼品",     "玩具",     "日化",
    "化妆品",     "百货",     "超市",     "商场",       "连锁",     "商店",     "商行",
    "劳务",       "检测",     "检验",     "认证",       "测绘",     "设计",     "规划",
    "勘察",       "监理",     "研究",     "研发",       "安装",     "维修",     "修理",
    "加工",       "制品",     "用品",     "配件",       "器材",     "物资",     "回收",
    "再生资源",   "资源",     "国资",     "经营",       "城投",     "城建",     "交投",
    "文旅",       "产品",     "仪器仪表", "无线电",
};

// Places that are no division of the country and stand where one would.
constexpr std::string_view kWidePlaces[] = {
    "中国", "中华", "亚洲",   "大中华", "新加坡", "美国", "日本", "韩国", "英国", "德国",
    "法国", "开曼", "百慕大", "华北",   "华东",   "华南", "华中", "西南", "西北", "东北"};

/// Divisions at the start of a name.
struct PlaceWords {
  std::size_t bytes = 0;
  bool bare_district = false;  ///< a district's stem alone, which may be a brand: 长安
};

// Divisions that a text starts with, each in the one before it.
PlaceWords place_at(std::string_view text) {
  PlaceWords place;
  RegionCode within;
  while (place.bytes < text.size()) {
    const std::string_view rest = text.substr(place.bytes);
    const auto names = gazetteer().names_at(rest);
    const auto fits = [&](const RegionName& name) {
      if (!rest.starts_with(name.text)) return false;
      const RegionCode code(name.division->code);
      if (within.known()) return within.contains(code);
      if (name.kind != NameKind::Stem || code.level() != RegionLevel::District) return true;
      return !is_common_word(name.text) && !is_plain_word(name.text);
    };
    const auto found = std::ranges::find_if(names, fits);
    if (found == names.end()) break;
    within = RegionCode(found->division->code);
    place.bare_district = place.bytes == 0 && found->kind == NameKind::Stem &&
                          within.level() == RegionLevel::District;
    place.bytes += found->text.size();
    for (const std::string_view rank : {"省", "市", "区", "县"}) {
      // The stem of a name with a rank that it has not: 广西省.
      if (found->kind == NameKind::Stem && text.substr(place.bytes).starts_with(rank)) {
        place.bytes += rank.size();
        place.bare_district = false;
        break;
      }
    }
  }
  if (place.bytes > 0) return place;
  for (const std::string_view wide : kWidePlaces) {
    if (text.starts_with(wide)) return {wide.size(), false};
  }
  return {};
}

// Where the words for trades begin that a text ends in.
std::size_t trade_begin(std::string_view text) {
  std::size_t end = text.size();
  for (bool found = true; found;) {
    found = false;
    const std::string_view left = text.substr(0, end);
    for (const std::string_view trade : kTrades) {
      if (!left.ends_with(trade)) continue;
      end -= trade.size();
      found = true;
      break;
    }
  }
  return end;
}

// What stands for the firm that a branch belongs to.
constexpr std::string_view kFirmWords[] = {"公司", "银行", "集团",   "合作社", "联社",  "厂",
                                           "商行", "商店", "研究院", "设计院", "医院",  "学校",
                                           "超市", "酒店", "药房",   "中心",   "事务所"};
// What a branch's own words end in.
constexpr std::string_view kBranchWords[] = {
    "分公司", "支公司",     "分厂",   "办事处",   "联络处", "营业部",       "营业所",
    "营业厅", "营业处",     "分店",   "分行",     "支行",   "分理处",       "储蓄所",
    "分部",   "代表处",     "代办处", "门店",     "门市部", "门市",         "分社",
    "信用社", "分院",       "分校",   "分所",     "工作站", "服务部",       "服务站",
    "服务点", "经营部",     "经营处", "供应站",   "销售部", "销售处",       "销售点",
    "项目部", "项目经理部", "分中心", "加油站",   "加气站", "专卖店",       "专营店",
    "直营店", "连锁店",     "旗舰店", "体验店",   "工程处", "管理处",       "经理部",
    "业务部", "事业部",     "制造部", "分支机构", "branch", "branchoffice", "representativeoffice"};

bool ends_in_branch_word(std::string_view tail) {
  return std::ranges::any_of(kBranchWords,
                             [tail](std::string_view word) { return tail.ends_with(word); });
}

// Whether what stands behind a firm's name is a branch of it.
bool is_branch(std::string_view tail, bool behind_company) {
  while (tail.ends_with(')')) {
    const std::size_t open = tail.rfind('(');
    if (open == tail.npos) break;
    const std::string_view inside = tail.substr(open + 1, tail.size() - open - 2);
    if (ends_in_branch_word(inside)) return true;
    tail = tail.substr(0, open);
  }
  if (tail.empty()) return false;
  if (ends_in_branch_word(tail)) return true;
  if (!behind_company || tail.ends_with("公司")) return false;
  // What carries its firm's name without being it.
  for (const std::string_view other : {"工会", "工会委员会", "委员会", "党支部", "党委", "基金会",
                                       "有限合伙", "筹", "筹备组", "集团", "制"}) {
    if (tail.ends_with(other)) return false;
  }
  const std::size_t characters = tail.size() / kCharacterBytes;
  // Works, shops and the like; a single character or a longer sentence is no branch.
  if (characters < 2) return false;
  for (const std::string_view end :
       {"厂",   "店",   "站",   "部",     "处",   "所",   "社",   "场",   "点",
        "库",   "车间", "矿",   "中心",   "基地", "工地", "酒店", "宾馆", "超市",
        "商场", "学校", "医院", "招待所", "餐厅", "公园", "码头"}) {
    if (tail.ends_with(end)) return true;
  }
  return false;
}

}  // namespace

FirmNameParts split_firm_name(std::string_view name) {
  return split_firm_name(normalize_firm_name(name));
}

FirmNameParts split_firm_name(const FirmName& name) {
  FirmNameParts parts;
  std::string rest = name.full;
  parts.form = name.form;
  if (!parts.form.empty()) {
    // The form without brackets' marks ends the name without them.
    std::size_t left = parts.form.size();
    while (left > 0 && !rest.empty()) {
      if (rest.back() != '(' && rest.back() != ')') --left;
      rest.pop_back();
    }
    while (rest.ends_with(',') || rest.ends_with('(')) rest.pop_back();
  }
  if (const PlaceWords place = place_at(rest); place.bytes < rest.size()) {
    const std::string_view behind = std::string_view(rest).substr(place.bytes);
    if (!place.bare_district || trade_begin(behind) >= kKeyBytes) {
      parts.place = rest.substr(0, place.bytes);
      rest.erase(0, place.bytes);
    }
  }
  // 示例(重庆)科技: a bracket that holds nothing but a place.
  for (std::size_t open = rest.find('('); open != std::string::npos;
       open = rest.find('(', open + 1)) {
    const std::size_t close = rest.find(')', open);
    if (close == std::string::npos) break;
    const std::string_view inside = std::string_view(rest).substr(open + 1, close - open - 1);
    if (inside.empty() || place_at(inside).bytes != inside.size()) continue;
    parts.place += inside;
    rest.erase(open, close - open + 1);
    break;
  }
  std::erase_if(rest, [](char c) { return c == '(' || c == ')'; });
  const std::size_t end = trade_begin(rest);
  parts.brand = rest.substr(0, end);
  parts.trade = rest.substr(end);
  return parts;
}

std::vector<std::string_view> firms_of_branch(std::string_view full) {
  std::vector<std::size_t> ends;
  const auto add = [&](std::string_view word, std::size_t at) {
    const std::size_t end = at + word.size();
    const std::string_view tail = full.substr(end);
    if (is_branch(tail, word == "公司")) ends.push_back(end);
  };
  for (const std::string_view word : kFirmWords) {
    // A name of a megabyte names few firms; the first ones are those that count.
    constexpr std::size_t kMost = 8;
    std::size_t seen = 0;
    for (std::size_t at = full.find(word); at != full.npos && seen < kMost;
         at = full.find(word, at + word.size()), ++seen) {
      if (at >= kKeyBytes / 2) add(word, at);
    }
  }
  std::ranges::sort(ends, std::ranges::greater());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::vector<std::string_view> firms;
  for (const std::size_t end : ends) firms.push_back(full.substr(0, end));
  // Within 分公司 or a company's own name a shorter word is no firm of its own.
  const auto inner = [&](std::string_view firm) {
    return std::ranges::any_of(firms, [&](std::string_view longer) {
      return longer.size() > firm.size() && !firm.ends_with("公司") && longer.ends_with("公司");
    });
  };
  std::erase_if(firms, inner);
  return firms;
}

}  // namespace liantu
