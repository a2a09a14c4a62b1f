#include "liantu/ingest/cells/fields.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/hash_map.hpp"
#include "liantu/base/money.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/graph/kind_text.hpp"

namespace liantu {
namespace {

using Names = std::span<const std::string_view>;

// Headings each field goes by besides its key, lower case, half-width, without units and blanks.
constexpr std::string_view kFirmName[] = {
    "企业名称",      "企业",         "公司名称",     "公司",         "单位名称",
    "单位",          "名称",         "企业全称",     "全称",         "公司全称",
    "firm",          "company",      "entity",       "firm_name",    "company_name",
    "项目单位",      "市场主体名称", "单位详细名称", "法人单位名称", "法人单位详细名称",
    "单位全称",      "纳税人名称",   "主体名称",     "企业名",       "公司名",
    "企业(机构)名称"};
constexpr std::string_view kCreditCode[] = {"统一社会信用代码",
                                            "社会信用代码",
                                            "信用代码",
                                            "统一信用代码",
                                            "uscc",
                                            "code",
                                            "creditcode",
                                            "统一代码",
                                            "unified_social_credit_code",
                                            "统一社会信用代码/注册号",
                                            "社会统一信用代码",
                                            "纳税人识别号",
                                            "统一社会信用代码证号"};
constexpr std::string_view kRegistrationNumber[] = {"注册号", "工商注册号", "营业执照注册号",
                                                    "工商登记号"};
constexpr std::string_view kOrganizationCode[] = {"组织机构代码", "机构代码", "组织机构代码证号"};
constexpr std::string_view kRegion[] = {
    "地区代码", "行政区划代码", "区划代码", "区划",     "地区",         "所属地区", "region_code",
    "所在地区", "行政区划",     "所在区域", "所属区域", "所属行政区划", "注册地区"};
constexpr std::string_view kProvince[] = {"省",     "省份",       "所属省份", "所在省",
                                          "省市",   "所在省份",   "所属省",   "省级行政区",
                                          "省(市)", "省(区、市)", "省区市"};
constexpr std::string_view kCity[] = {"市",       "城市",   "所属城市", "所在市", "地市",
                                      "所在城市", "地级市", "所属市",   "市州",   "市(州)"};
constexpr std::string_view kDistrict[] = {"区",       "区县",   "所属区县", "county",     "县",
                                          "所在区县", "县区",   "区/县",    "区(县)",     "县(区)",
                                          "所属区",   "县市区", "所属县区", "县(市、区)", "所在区"};
constexpr std::string_view kAddress[] = {
    "注册地址", "住所",     "registered_address", "地址",     "企业地址",
    "住所地",   "详细地址", "单位所在地详细地址", "单位地址", "公司地址",
    "注册地",   "所在地",   "经营场所",           "经营地址", "生产地址",
    "办公地址"};
constexpr std::string_view kStatus[] = {"登记状态", "经营状态", "状态",    "企业状态",
                                        "营业状态", "运营状态", "存续状态"};
constexpr std::string_view kType[] = {"企业类型",     "公司类型", "类型",
                                      "主体类型",     "组织类型", "kind",
                                      "登记注册类型", "经济类型", "企业性质"};
constexpr std::string_view kFounded[] = {"成立日期", "注册日期",    "成立时间", "登记日期",
                                         "reg_date", "established", "注册时间", "设立日期",
                                         "开业时间", "成立年月"};
constexpr std::string_view kCapital[] = {
    "注册资本", "注册资金", "资本", "capital", "registered_capital_cny", "注册资本金"};
constexpr std::string_view kRevenue[] = {
    "营业收入", "营收",   "主营业务收入", "年营业收入", "销售额",   "revenue_cny",  "营业总收入",
    "年营收",   "年收入", "销售收入",     "主营收入",   "年销售额", "产品销售收入", "营业额"};
constexpr std::string_view kTax[] = {"纳税额",     "税收",     "年纳税额", "实缴税收",
                                     "tax_cny",    "税收总额", "纳税总额", "税收贡献",
                                     "全口径税收", "年税收",   "上缴税金"};
constexpr std::string_view kStaff[] = {
    "从业人数",     "员工人数",         "人数",       "职工人数", "employees",
    "平均用工人数", "从业人员平均人数", "从业人员数", "从业人员", "从业人员期末人数",
    "期末从业人数", "用工人数",         "员工数",     "用工数",   "参保人数",
    "社保人数"};
constexpr std::string_view kResearch[] = {"研发投入", "研发费用",     "研发经费",     "r&d",
                                          "rd",       "研发费用支出", "研究开发费用", "研发支出",
                                          "r&d经费",  "r&d经费支出"};
constexpr std::string_view kEnergy[] = {"能耗",           "综合能耗",   "能源消费",
                                        "综合能源消费量", "能源消费量", "能耗总量"};
constexpr std::string_view kEmission[] = {"排放", "污染物排放", "排放量"};
constexpr std::string_view kLand[] = {"用地", "用地面积", "土地面积", "占地面积", "land_mu",
                                      "面积", "占地",     "用地规模", "出让面积", "可用面积"};
constexpr std::string_view kScope[] = {"经营范围",       "业务范围",     "business_scope",
                                       "经营(业务)范围", "主要业务活动", "主营业务"};
constexpr std::string_view kIndustry[] = {
    "行业代码", "行业",         "国民经济行业", "国民经济行业代码", "所属行业",
    "行业小类", "行业小类代码", "行业类别",     "行业分类",         "industry_code",
    "所属行业代码", "国民经济行业分类"};
constexpr std::string_view kIndustryName[] = {"行业名称", "行业小类名称", "国民经济行业名称",
                                              "行业中类名称", "行业大类名称"};
constexpr std::string_view kTags[] = {"标签", "资质", "企业标签", "荣誉"};
constexpr std::string_view kRisks[] = {"风险", "风险标志", "风险提示", "risk", "risk_flags"};
constexpr std::string_view kAnchor[] = {"龙头", "链主", "龙头企业", "是否龙头", "是否链主"};
constexpr std::string_view kAliases[] = {"别名", "简称", "曾用名", "alias", "其他名称"};
constexpr std::string_view kKey[] = {"id", "编号", "股票代码", "证券代码", "ticker"};
constexpr std::string_view kProducts[] = {"主营产品", "主要产品",     "产品",
                                          "主营",     "主要产品名称", "主导产品"};

constexpr std::string_view kHeadOffice[] = {
    "总公司",       "总公司名称",       "隶属企业",         "隶属企业名称",
    "隶属公司",     "隶属单位",         "隶属总公司",       "所属总公司",
    "总部企业",     "总公司信用代码",   "隶属企业信用代码", "总公司统一社会信用代码",
    "隶属",         "上级公司",         "总公司代码",       "隶属企业统一社会信用代码",
    "隶属企业代码", "head_office_code", "parent_company"};

constexpr std::string_view kSegmentName[] = {"环节", "环节名称", "产品",   "产品名称",
                                             "名称", "segment",  "product"};
constexpr std::string_view kParent[] = {"上级",     "上级环节",   "父级",
                                        "所属环节", "所属产业链", "产业链"};
constexpr std::string_view kSegmentCode[] = {"代码", "行业代码", "产品代码"};
constexpr std::string_view kSegmentType[] = {"类型", "环节类型", "类别"};

constexpr std::string_view kPersonName[] = {"姓名", "人员", "人名", "person"};
constexpr std::string_view kOrganizationName[] = {"名称", "组织",     "组织名称",
                                                  "机构", "机构名称", "organization"};
constexpr std::string_view kSiteName[] = {"地块",   "地块名称", "宗地",   "名称",     "site",
                                          "地块名", "地块编号", "地块号", "宗地编号", "宗地号"};

constexpr std::string_view kSupplier[] = {
    "supplier", "供应商",   "供货企业", "供方",     "供应商名称", "供货方", "供应方",
    "供货商",   "供货单位", "供应企业", "供方名称", "供货方名称", "卖方",   "销售方"};
constexpr std::string_view kCustomer[] = {
    "customer", "客户",       "采购企业", "需方",     "客户名称", "采购商",
    "采购方",   "采购单位",   "购买方",   "购货方",   "需求方",   "采购方名称",
    "需方名称", "采购商名称", "客户企业", "下游客户", "买方"};
constexpr std::string_view kAbout[] = {"环节",     "产品",     "货物",     "品名",     "product",
                                       "采购产品", "供应产品", "供货产品", "产品名称", "采购内容",
                                       "供货内容", "货物名称", "商品名称", "物资名称"};
constexpr std::string_view kAmount[] = {
    "金额",       "年金额",     "采购额",     "供货额",   "amount_cny", "年采购额",
    "年供货额",   "年度采购额", "年度供货额", "采购金额", "供货金额",   "年采购金额",
    "年供货金额", "交易金额",   "交易额",     "年交易额", "合同金额"};
constexpr std::string_view kSupplyShare[] = {"采购占比", "占比",     "份额",        "供货占比",
                                             "采购比例", "采购比重", "占采购额比重"};
constexpr std::string_view kMaker[] = {"firm", "企业", "企业名称", "公司", "company", "maker"};
constexpr std::string_view kMade[] = {"segment", "环节", "产品", "主营产品", "product"};
constexpr std::string_view kOutput[] = {"产值",       "年产值", "产出",     "output_cny", "amount",
                                        "工业总产值", "总产值", "工业产值", "年度产值"};
constexpr std::string_view kRevenueShare[] = {"营收占比", "占比", "收入占比", "weight"};
constexpr std::string_view kProduct[] = {"product", "产品", "产出品", "下游", "成品", "产品名称"};
constexpr std::string_view kInput[] = {"input", "投入品",    "投入",    "原料",
                                       "上游",  "原材料",    "物料",    "物料名称",
                                       "子件",  "component", "material"};
constexpr std::string_view kCoefficient[] = {"投入系数", "系数", "直接消耗系数"};
constexpr std::string_view kSubstitutability[] = {"可替代性", "替代性"};
constexpr std::string_view kImportShare[] = {"进口份额", "进口占比", "进口比例"};
constexpr std::string_view kQuantity[] = {"用量", "单位用量", "单耗", "数量", "qty"};
constexpr std::string_view kUnitPrice[] = {"单价", "投入品单价", "原料单价", "物料单价", "price"};
constexpr std::string_view kProductPrice[] = {"产品单价", "产品价格", "成品单价", "售价"};
constexpr std::string_view kQuantityUnit[] = {"用量单位", "单位", "unit"};
constexpr std::string_view kPriceUnit[] = {"计价单位", "单价单位"};
constexpr std::string_view kChild[] = {"segment", "child", "环节", "下级", "子类"};
constexpr std::string_view kOf[] = {"parent", "上级", "父类", "父级"};
constexpr std::string_view kOwner[] = {"owner",    "股东",     "投资方", "出资方",
                                       "investor", "股东名称", "投资人", "出资人"};
constexpr std::string_view kOwned[] = {"owned", "被投企业",   "被投资企业", "子公司",
                                       "企业",  "被投资单位", "被投资方"};
constexpr std::string_view kEquity[] = {"持股比例", "股权比例", "出资比例", "持股占比",
                                        "认缴出资比例"};
constexpr std::string_view kServing[] = {"person", "姓名", "人员"};
constexpr std::string_view kServed[] = {"firm", "企业", "任职企业", "公司"};
constexpr std::string_view kRole[] = {"职务", "职位", "role"};
constexpr std::string_view kMember[] = {"member", "成员", "会员"};
constexpr std::string_view kJoined[] = {"organization", "组织", "机构",    "商会",
                                        "商会名称",     "协会", "协会名称"};
constexpr std::string_view kPartnerA[] = {"firm_a", "企业甲", "甲方"};
constexpr std::string_view kPartnerB[] = {"firm_b", "企业乙", "乙方"};
constexpr std::string_view kCooperation[] = {"kind", "合作类型", "类型", "合作内容"};
constexpr std::string_view kStanding[] = {"firm", "企业", "落户企业"};
constexpr std::string_view kStandsOn[] = {"site", "地块", "宗地"};
constexpr std::string_view kCovering[] = {"organization", "组织", "机构", "名称"};

constexpr std::string_view kSource[] = {"来源", "数据来源", "出处"};
constexpr std::string_view kAsOf[] = {"数据日期", "日期", "截至", "date", "年份", "year"};
constexpr std::string_view kSince[] = {"起始日期", "开始日期", "自"};
constexpr std::string_view kUntil[] = {"截止日期", "结束日期", "至"};
constexpr std::string_view kConfidence[] = {"置信度", "可信度"};
constexpr std::string_view kBasis[] = {"依据", "数据依据"};

Field field(std::string_view key, FieldType type, Names names, Text meaning,
            bool required = false) {
  return {key, type, required, names, std::move(meaning)};
}

void add_provenance(std::vector<Field>& list) {
  list.push_back(field("source", FieldType::Text, kSource, {"where the row comes from", "来源"}));
  list.push_back(field("as_of", FieldType::Date, kAsOf, {"date of observation", "数据日期"}));
  list.push_back(field("since", FieldType::Date, kSince, {"first day", "起始日期"}));
  list.push_back(field("until", FieldType::Date, kUntil, {"last day", "截止日期"}));
  list.push_back(field("confidence", FieldType::Share, kConfidence,
                       {"confidence, 0 to 1", "置信度（0 至 1）"}));
  list.push_back(field("basis", FieldType::Basis, kBasis,
                       {"stated, counted, estimated or inferred", "明示、计数、估算或推断"}));
}

std::vector<Field> firm_fields() {
  using enum FieldType;
  return {
      field("name", Name, kFirmName, {"registered name", "企业名称"}, true),
      field("credit_code", Code, kCreditCode, {"unified social credit code", "统一社会信用代码"}),
      field("region", Region, kRegion,
            {"region code (GB/T 2260) or name", "行政区划代码（GB/T 2260）或名称"}),
      field("province", Text, kProvince, {"province", "省"}),
      field("city", Text, kCity, {"city", "市"}),
      field("district", Text, kDistrict, {"district or county", "区县"}),
      field("address", Text, kAddress, {"registered address", "住所"}),
      field("status", Text, kStatus, {"registration status", "登记状态"}),
      field("type", Text, kType, {"legal form", "企业类型"}),
      field("founded", Date, kFounded, {"date of foundation", "成立日期"}),
      field("registered_capital", Money, kCapital, {"registered capital, CNY", "注册资本（元）"}),
      field("revenue", Money, kRevenue, {"revenue, CNY per year", "营业收入（元/年）"}),
      field("tax", Money, kTax, {"tax paid, CNY per year", "纳税额（元/年）"}),
      field("staff", Number, kStaff, {"staff, heads", "从业人数（人）"}),
      field("research", Money, kResearch, {"R&D spending, CNY per year", "研发投入（元/年）"}),
      field("energy", Number, kEnergy,
            {"energy, tonnes of coal equivalent per year", "能耗（吨标准煤/年）"}),
      field("emission", Number, kEmission, {"emission, tonnes per year", "排放（吨/年）"}),
      field("land", Number, kLand, {"land, mu", "用地（亩）"}),
      field("scope", Text, kScope, {"registered business scope", "经营范围"}),
      field("industry", Text, kIndustry,
            {"main industry, code or name of GB/T 4754", "主要行业（GB/T 4754 代码或名称）"}),
      field("tags", List, kTags, {"tags: listed, 专精特新 …", "标签：上市、专精特新……"}),
      field("risks", List, kRisks, {"risk flags", "风险标志"}),
      field("anchor", Flag, kAnchor, {"whether it is an anchor firm", "是否龙头企业"}),
      field("aliases", List, kAliases, {"other names", "别名、简称"}),
      field("key", Text, kKey, {"id used by the source", "来源编号"}),
      field("products", List, kProducts, {"what it makes, a list of segments", "主营产品"}),
      field("registration_number", Code, kRegistrationNumber,
            {"registration number, 15 digits", "工商注册号（15 位）"}),
      field("organization_code", Code, kOrganizationCode,
            {"organisation code, 9 characters", "组织机构代码（9 位）"}),
      field("industry_name", Text, kIndustryName,
            {"name of the main industry, held against its code", "主要行业名称，与代码互相核对"}),
      field("head_office", Text, kHeadOffice,
            {"of a branch: name or code of the firm it belongs to",
             "分支机构所隶属的企业：名称或代码"}),
  };
}

std::vector<Field> entity_fields(EntityKind kind) {
  using enum FieldType;
  switch (kind) {
    case EntityKind::Firm:
      return firm_fields();
    case EntityKind::Segment:
      return {field("name", Name, kSegmentName, {"segment", "环节名称"}, true),
              field("parent", Text, kParent, {"segment it is part of", "上级环节"}),
              field("type", Text, kSegmentType,
                    {"product, service, industry or chain", "产品、服务、行业或产业链"}),
              field("aliases", List, kAliases, {"other names", "别名"}),
              field("code", Text, kSegmentCode, {"industry or product code", "行业或产品代码"}),
              field("key", Text, kKey, {"id used by the source", "来源编号"})};
    case EntityKind::Person:
      return {field("name", Name, kPersonName, {"name", "姓名"}, true),
              field("key", Text, kKey, {"id used by the source", "来源编号"})};
    case EntityKind::Organization:
      return {
          field("name", Name, kOrganizationName, {"name", "名称"}, true),
          field("type", Text, kType,
                {"office, chamber, alumni, park, task force", "驻点办、商会、校友会、园区、专班"}),
          field("region", Region, kRegion, {"where it sits", "所在地区"}),
          field("key", Text, kKey, {"id used by the source", "来源编号"})};
    case EntityKind::Site:
      return {field("name", Name, kSiteName, {"name", "地块名称"}, true),
              field("region", Region, kRegion, {"where it lies", "所在地区"}),
              field("land", Number, kLand, {"area, mu", "面积（亩）"}),
              field("address", Text, kAddress, {"address", "地址"}),
              field("key", Text, kKey, {"id used by the source", "来源编号"})};
  }
  return {};
}

std::vector<Field> relation_fields(RelationKind kind) {
  using enum FieldType;
  switch (kind) {
    case RelationKind::Supplies:
      return {field("from", Name, kSupplier, {"supplier", "供应商"}, true),
              field("to", Name, kCustomer, {"customer", "客户"}, true),
              field("segment", Text, kAbout, {"what is supplied", "所供环节"}),
              field("amount", Money, kAmount, {"amount, CNY per year", "金额（元/年）"}),
              field("share", Share, kSupplyShare,
                    {"share of the customer's purchases", "占客户采购比重"})};
    case RelationKind::Makes:
      return {field("from", Name, kMaker, {"firm", "企业"}, true),
              field("to", Name, kMade, {"segment it makes", "环节"}, true),
              field("amount", Money, kOutput, {"output, CNY per year", "产值（元/年）"}),
              field("share", Share, kRevenueShare, {"share of its revenue", "占营收比重"})};
    case RelationKind::Trades:
      return {field("from", Name, kMaker, {"firm", "企业"}, true),
              field("to", Name, kMade, {"segment it trades", "环节"}, true),
              field("share", Share, kRevenueShare, {"share of its revenue", "占营收比重"})};
    case RelationKind::Requires:
      return {field("from", Name, kProduct, {"product", "产品"}, true),
              field("to", Name, kInput, {"its input", "投入品"}, true),
              field("coefficient", Number, kCoefficient,
                    {"CNY of input per CNY of output", "投入系数（元/元）"}),
              field("substitutability", Share, kSubstitutability,
                    {"substitutability, 0 to 1", "可替代性（0 至 1）"}),
              field("import_share", Share, kImportShare,
                    {"imported part of the input, 0 to 1", "投入中进口所占份额（0 至 1）"}),
              field("quantity", Number, kQuantity,
                    {"bill of materials: units of the input in one unit of the product",
                     "物料清单：每单位产品的用量"}),
              field("unit_price", Money, kUnitPrice,
                    {"bill of materials: price of a unit of the input, CNY",
                     "物料清单：投入品单价（元）"}),
              field("product_price", Money, kProductPrice,
                    {"bill of materials: price of a unit of the product, CNY; once a product is "
                     "enough",
                     "物料清单：产品单价（元），每种产品写一次即可"}),
              field("quantity_unit", Text, kQuantityUnit,
                    {"bill of materials: unit of the quantity", "物料清单：用量单位"}),
              field("price_unit", Text, kPriceUnit,
                    {"bill of materials: unit that the price is of", "物料清单：计价单位"})};
    case RelationKind::PartOf:
      return {field("from", Name, kChild, {"segment", "环节"}, true),
              field("to", Name, kOf, {"segment it is part of", "上级环节"}, true)};
    case RelationKind::Owns:
      return {field("from", Name, kOwner, {"owner, a firm or a person", "股东"}, true),
              field("to", Name, kOwned, {"firm owned", "被投企业"}, true),
              field("share", Share, kEquity, {"share of equity", "持股比例"})};
    case RelationKind::Serves:
      return {field("from", Name, kServing, {"person", "人员"}, true),
              field("to", Name, kServed, {"firm", "企业"}, true),
              field("detail", Text, kRole, {"role", "职务"})};
    case RelationKind::MemberOf:
      return {field("from", Name, kMember, {"member, a firm or a person", "成员"}, true),
              field("to", Name, kJoined, {"organization", "组织"}, true)};
    case RelationKind::Cooperates:
      return {field("from", Name, kPartnerA, {"one firm", "企业甲"}, true),
              field("to", Name, kPartnerB, {"the other firm", "企业乙"}, true),
              field("detail", Text, kCooperation, {"kind of cooperation", "合作类型"})};
    case RelationKind::StandsOn:
      return {field("from", Name, kStanding, {"firm", "企业"}, true),
              field("to", Name, kStandsOn, {"site", "地块"}, true)};
  }
  return {};
}

constexpr std::size_t kMeaningCount = kEntityKinds.size() + kRelationKinds.size() + 1;

std::size_t meaning_index(const TableMeaning& meaning) {
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) {
    return static_cast<std::size_t>(*entity);
  }
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) {
    return kEntityKinds.size() + static_cast<std::size_t>(*relation);
  }
  return kMeaningCount - 1;
}

struct Catalogue {
  std::vector<TableMeaning> meanings;
  std::array<std::vector<Field>, kMeaningCount> fields;
};

const Catalogue& catalogue() {
  static const Catalogue all = [] {
    Catalogue c;
    for (const EntityKind kind : kEntityKinds) {
      c.meanings.emplace_back(kind);
      c.fields[meaning_index(kind)] = entity_fields(kind);
    }
    for (const RelationKind kind : kRelationKinds) {
      c.meanings.emplace_back(kind);
      c.fields[meaning_index(kind)] = relation_fields(kind);
    }
    c.meanings.emplace_back(Covers{});
    c.fields[meaning_index(Covers{})] = {
        field("from", FieldType::Name, kCovering, {"organization", "组织"}, true),
        field("region", FieldType::Region, kRegion, {"region it works in", "负责地区"}, true)};
    for (auto& list : c.fields) add_provenance(list);
    return c;
  }();
  return all;
}

struct Stem {
  std::string_view stem;
  TableMeaning meaning;
};

const std::vector<Stem>& stems() {
  static const std::vector<Stem> all = {
      {"firms", EntityKind::Firm},
      {"企业", EntityKind::Firm},
      {"企业名录", EntityKind::Firm},
      {"segments", EntityKind::Segment},
      {"环节", EntityKind::Segment},
      {"persons", EntityKind::Person},
      {"人员", EntityKind::Person},
      {"organizations", EntityKind::Organization},
      {"组织", EntityKind::Organization},
      {"sites", EntityKind::Site},
      {"地块", EntityKind::Site},
      {"supplies", RelationKind::Supplies},
      {"供货", RelationKind::Supplies},
      {"makes", RelationKind::Makes},
      {"主营", RelationKind::Makes},
      {"trades", RelationKind::Trades},
      {"经销", RelationKind::Trades},
      {"requires", RelationKind::Requires},
      {"需要", RelationKind::Requires},
      {"part_of", RelationKind::PartOf},
      {"属于", RelationKind::PartOf},
      {"owns", RelationKind::Owns},
      {"持股", RelationKind::Owns},
      {"serves", RelationKind::Serves},
      {"任职", RelationKind::Serves},
      {"member_of", RelationKind::MemberOf},
      {"加入", RelationKind::MemberOf},
      {"cooperates", RelationKind::Cooperates},
      {"合作", RelationKind::Cooperates},
      {"stands_on", RelationKind::StandsOn},
      {"落户", RelationKind::StandsOn},
      {"covers", Covers{}},
      {"负责", Covers{}},
  };
  return all;
}

struct Unit {
  std::string_view text;
  double multiplier;
};

constexpr Unit kUnits[] = {
    {"万元", 1e4},     {"百万元", 1e6},     {"亿元", 1e8}, {"千元", 1e3},   {"元", 1},
    {"万人民币", 1e4}, {"人民币万元", 1e4}, {"万", 1e4},   {"亿", 1e8},     {"元/年", 1},
    {"万元/年", 1e4},  {"亿元/年", 1e8},    {"cny", 1},    {"cny/year", 1}, {"%", 0.01},
    {"人", 1},         {"亩", 1},           {"mu", 1},     {"吨", 1},       {"吨标准煤", 1},
    {"吨标煤", 1},     {"吨/年", 1},        {"家", 1}};

constexpr std::string_view kUnitWords[] = {"计量单位:", "金额单位:", "货币单位:", "单位:", "unit:",
                                           "计量单位",  "金额单位",  "单位",      "unit"};

// The unit that the words are, 单位: before it and 含税 behind it taken off; nothing when they are
// none.
std::optional<Heading> unit_of(std::string_view words) {
  for (const std::string_view word : kUnitWords) {
    if (!words.starts_with(word)) continue;
    words.remove_prefix(word.size());
    break;
  }
  words = words.substr(0, words.find(','));
  for (const Unit& unit : kUnits) {
    if (words == unit.text) return Heading{{}, unit.multiplier, std::string(words), {}};
  }
  if (words.ends_with("/年")) words.remove_suffix(std::string_view("/年").size());
  return read_money_unit(words);
}

struct Brackets {
  std::string_view open;
  std::string_view close;
};

// Takes the unit at the end of a heading off.
bool take_unit(Heading& heading) {
  constexpr Brackets kBrackets[] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"{", "}"}, {"〔", "〕"}};
  const std::string_view name = heading.name;
  std::size_t bare = std::string_view::npos;  // where the unit and its bracket begin
  std::optional<Heading> unit;
  for (const auto& [open, close] : kBrackets) {
    const std::size_t at = name.rfind(open);
    if (at == std::string_view::npos || at == 0 || !name.ends_with(close)) continue;
    unit = unit_of(name.substr(at + open.size(), name.size() - at - open.size() - close.size()));
    bare = at;
  }
  if (!unit) {
    // 元/年 has a slash of its own.
    for (std::size_t at = name.find('/'); !unit && at != std::string_view::npos;
         at = name.find('/', at + 1)) {
      if (at == 0) continue;
      unit = unit_of(name.substr(at + 1));
      bare = at;
    }
  }
  if (!unit) return false;
  unit->name = unit->currency.empty() ? name.substr(0, bare) : name;
  if (!unit->currency.empty()) unit->multiplier = 1;
  heading = *std::move(unit);
  return true;
}

// What a heading may be called: as it stands, without the year, and of two lines both together or
// the lower one alone.
std::vector<std::string> names_of(const Heading& heading) {
  std::vector<std::string> names = {heading.name};
  if (HeadingYear bare = read_heading_year(heading.name); bare.year != 0) {
    names.push_back(std::move(bare.name));
  }
  const std::string whole = names.back();
  const std::size_t cut = whole.rfind('/');
  if (cut == std::string::npos) return names;
  std::string joined;
  for (const char c : whole) {
    if (c != '/') joined += c;
  }
  names.push_back(std::move(joined));
  names.push_back(read_heading_year(whole.substr(cut + 1)).name);
  return names;
}

}  // namespace

std::string_view meaning_word(const TableMeaning& meaning) {
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) return entity_word(*entity);
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) return relation_word(*relation);
  return "covers";
}

Text meaning_text(const TableMeaning& meaning) {
  if (const auto* relation = std::get_if<RelationKind>(&meaning)) return relation_text(*relation);
  if (const auto* entity = std::get_if<EntityKind>(&meaning)) return entity_text(*entity);
  return {"covers", "负责"};
}

std::optional<TableMeaning> parse_meaning(std::string_view word) {
  for (const TableMeaning& meaning : catalogue().meanings) {
    if (meaning_word(meaning) == word) return meaning;
  }
  return std::nullopt;
}

std::span<const Field> fields(const TableMeaning& meaning) {
  return catalogue().fields[meaning_index(meaning)];
}

std::span<const TableMeaning> table_meanings() { return catalogue().meanings; }

std::optional<Heading> read_money_unit(std::string_view unit) {
  const auto amount = parse_money("1" + std::string(unit));
  if (!amount || !amount->unit_stated) return std::nullopt;
  Heading heading;
  heading.unit = unit;
  heading.multiplier = amount->amount;
  if (amount->currency != "CNY") heading.currency = amount->currency;
  return heading;
}

Heading read_heading(std::string_view text) {
  Heading heading;
  for (const char c : normalize_width(text)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '*') continue;
    heading.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (heading.name.size() > 1 && heading.name.front() == '\'') heading.name.erase(0, 1);
  if (take_unit(heading)) return heading;
  // 2024年(万元)/产值: the unit of the upper line.
  const std::size_t cut = heading.name.find(")/");
  if (cut == std::string::npos) return heading;
  Heading upper;
  upper.name = heading.name.substr(0, cut + 1);
  if (!take_unit(upper) || !upper.currency.empty()) return heading;
  upper.name += heading.name.substr(cut + 1);
  return upper;
}

HeadingYear read_heading_year(std::string_view name) {
  const auto year_at = [&](std::size_t at) {
    if (at + 4 > name.size()) return 0;
    int year = 0;
    for (const char c : name.substr(at, 4)) {
      if (c < '0' || c > '9') return 0;
      year = year * 10 + (c - '0');
    }
    return year >= 1900 && year < 2100 ? year : 0;
  };
  const auto take_front = [](std::string_view& rest,
                             std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      if (!rest.starts_with(word)) continue;
      rest.remove_prefix(word.size());
      return;
    }
  };
  if (const int year = year_at(0); year != 0) {
    std::string_view rest = name.substr(4);
    take_front(rest, {"年度", "年末", "年底", "年"});
    take_front(rest, {"1-12月", "全年"});
    take_front(rest, {"/", "_", "-"});
    // Of 20240101 the rest is no heading.
    if (!rest.empty() && (rest.front() < '0' || rest.front() > '9'))
      return {std::string(rest), year};
  }
  std::string_view front = name;
  if (front.ends_with(')')) front.remove_suffix(1);
  for (const std::string_view word : {"年度", "年末", "年底", "年"}) {
    if (!front.ends_with(word)) continue;
    front.remove_suffix(word.size());
    break;
  }
  if (front.size() > 4) {
    const std::size_t at = front.size() - 4;
    const bool longer = name[at - 1] >= '0' && name[at - 1] <= '9';
    if (const int year = year_at(at); year != 0 && !longer) {
      std::string_view rest = name.substr(0, at);
      while (rest.ends_with('(') || rest.ends_with('_') || rest.ends_with('/') ||
             rest.ends_with('-')) {
        rest.remove_suffix(1);
      }
      if (!rest.empty()) return {std::string(rest), year};
    }
  }
  return {std::string(name), 0};
}

const Field* find_field(const TableMeaning& meaning, std::string_view heading) {
  const Heading read = read_heading(heading);
  for (const std::string& name : names_of(read)) {
    for (const Field& candidate : fields(meaning)) {
      if (candidate.key == name) return &candidate;
    }
    for (const Field& candidate : fields(meaning)) {
      if (std::ranges::find(candidate.names, name) != candidate.names.end()) return &candidate;
    }
  }
  return nullptr;
}

std::size_t heading_rank(const Field& field, std::string_view heading) {
  for (const std::string& name : names_of(read_heading(heading))) {
    if (field.key == name) return 0;
    const auto found = std::ranges::find(field.names, name);
    if (found != field.names.end()) {
      return static_cast<std::size_t>(found - field.names.begin()) + 1;
    }
  }
  return field.names.size() + 1;
}

bool is_known_heading(std::string_view heading) {
  static const HashSet<std::string_view> known = [] {
    HashSet<std::string_view> names = {"序号"};
    for (const TableMeaning& meaning : table_meanings()) {
      for (const Field& one : fields(meaning)) {
        names.insert(one.key);
        for (const std::string_view name : one.names) names.insert(name);
      }
    }
    return names;
  }();
  return std::ranges::any_of(names_of(read_heading(heading)),
                             [&](const std::string& name) { return known.contains(name); });
}

std::vector<TableMeaning> recognize_table(std::string_view stem,
                                          std::span<const std::string> headings) {
  const std::string name = read_heading(stem).name;
  for (const Stem& known : stems()) {
    if (known.stem == name) return {known.meaning};
  }
  std::vector<TableMeaning> best;
  std::size_t best_score = 0;
  for (const TableMeaning& meaning : catalogue().meanings) {
    std::vector<const Field*> found;
    for (const std::string& heading : headings) {
      const Field* match = find_field(meaning, heading);
      if (match != nullptr && std::ranges::find(found, match) == found.end()) {
        found.push_back(match);
      }
    }
    const bool complete = std::ranges::all_of(fields(meaning), [&](const Field& candidate) {
      return !candidate.required || std::ranges::find(found, &candidate) != found.end();
    });
    if (!complete) continue;
    if (found.size() < best_score) continue;
    if (found.size() > best_score) best.clear();
    best_score = found.size();
    best.push_back(meaning);
  }
  return best;
}

}  // namespace liantu
