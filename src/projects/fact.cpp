#include "liantu/projects/fact.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/money.hpp"

namespace liantu {
namespace {

constexpr double kMostMoney = 1e15;

FactField row(FactKey key, std::string_view word, std::string_view en, std::string_view zh,
              FactType type, std::string_view of, std::string_view others = {}) {
  FactField field;
  field.key = key;
  field.word = word;
  field.heading = {std::string(en), std::string(zh)};
  field.type = type;
  field.others = others;
  field.contact = of.find('c') != std::string_view::npos;
  field.project = of.find('p') != std::string_view::npos;
  field.team = of.find('t') != std::string_view::npos;
  return field;
}

std::array<FactField, kFactKeys> make_fields() {
  using enum FactKey;
  using enum FactType;
  std::array<FactField, kFactKeys> rows = {
      row(CreditCode, "credit_code", "unified social credit code", "统一社会信用代码", Words, "cp",
          " 信用代码 社会信用代码 credit code "),
      row(Team, "team", "team", "招商单位", Words, "cp",
          " 责任单位 专班 责任专班 department in charge department "),
      row(Person, "person", "person in charge", "责任人", Words, "cp", " 联络员 专班负责人 "),
      row(Industry, "industry", "industry", "产业", Words, "cp", " 产业链 所属产业 行业 "),
      row(Investment, "investment", "planned investment", "总投资", Money, "cp",
          " 计划总投资 计划投资 投资额 协议投资 "),
      row(FundsInPlace, "funds_in_place", "funds in place so far", "累计到位资金", Money, "p",
          " 到位资金 已到位资金 "),
      row(OutputPlanned, "output_planned", "output a year as planned", "预计年产值", Money, "p",
          " 达产年产值 预计产值 "),
      row(OutputReal, "output_real", "output a year in fact", "实际年产值", Money, "p", " 年产值 "),
      row(TaxPlanned, "tax_planned", "tax a year as planned", "预计年税收", Money, "p",
          " 达产年税收 预计税收 "),
      row(TaxReal, "tax_real", "tax a year in fact", "实际年税收", Money, "p", " 年税收 "),
      row(JobsPlanned, "jobs_planned", "jobs as planned", "预计用工", Number, "p",
          " 计划用工 预计就业 "),
      row(JobsReal, "jobs_real", "jobs in fact", "实际用工", Number, "p", " 用工人数 "),
      row(Outside, "outside", "from outside the province", "市外资金", Flag, "cp",
          " 省外 省外项目 市外项目 "),
      row(OnChain, "on_chain", "on a chain of the district", "链上项目", Flag, "cp", " 链上 "),
      row(Fortune500, "fortune500", "Fortune 500", "世界500强", Flag, "cp", " 500强 "),
      row(PlannedStarted, "planned_started", "construction to begin", "计划开工", Day, "p",
          " 计划开工时间 计划开工日期 "),
      row(PlannedBuilt, "planned_built", "to be built", "计划建成", Day, "p",
          " 计划建成时间 计划竣工 计划竣工时间 "),
      row(PlannedProducing, "planned_producing", "production to begin", "计划投产", Day, "p",
          " 计划投产时间 "),
      row(PlannedEffective, "planned_effective", "full effect planned", "计划见效", Day, "p",
          " 计划达产 计划达产时间 "),
      row(NextStep, "next_step", "next step", "下一步", Words, "cp", " 下步工作 "),
      row(Deadline, "deadline", "deadline", "完成时限", Day, "cp", " 时限 "),
      row(Remark, "note", "note", "情况说明", Words, "cpt", " 说明 "),
      row(ContactPerson, "contact_person", "contact at the firm", "企业联系人", Words, "cp",
          " 联系人 "),
      row(ContactPhone, "contact_phone", "telephone of the contact", "联系电话", Words, "cp",
          " 电话 手机 "),
      row(Falsified, "falsified", "found untrue", "查实虚报", Event, "p", " 虚报 弄虚作假 "),
      row(LeaderVisit, "leader_visit", "leader's visits asked for", "邀请领导外出招商", Event, "t",
          " 领导外出招商 "),
      row(PromotionEvent, "promotion_event", "promotion events", "承办推介活动", Event, "t",
          " 推介活动 "),
      row(EffectiveLead, "effective_lead", "effective leads", "有效线索", Event, "t",
          " 有效招商线索 "),
      row(RatingCarrier, "rating_carrier", "rating by the carrier, 0 to 100", "承载地评价", Number,
          "t", " 承载单位评价 "),
      row(RatingTeam, "rating_team", "rating by the team, 0 to 100", "专班评价", Number, "t",
          " 专班评分 "),
  };
  const auto at = [&](FactKey key) -> FactField& { return rows[static_cast<std::size_t>(key)]; };
  at(ContactPerson).personal = true;
  at(ContactPhone).personal = true;
  at(PlannedStarted).plans = LedgerStage::Started;
  at(PlannedBuilt).plans = LedgerStage::Built;
  at(PlannedProducing).plans = LedgerStage::Producing;
  at(PlannedEffective).plans = LedgerStage::Effective;
  for (const FactKey key : {RatingCarrier, RatingTeam}) {
    at(key).most = 100;
    at(key).each_time = true;
  }
  for (FactField& field : rows) field.each_time = field.each_time || field.type == Event;
  return rows;
}

// `总投资（万元）` without its unit.
std::string_view without_unit(std::string_view heading) {
  for (const std::string_view open : {"（", "(", "，", ","}) {
    const std::size_t at = heading.find(open);
    if (at != std::string_view::npos && at > 0) heading = heading.substr(0, at);
  }
  return trim(heading);
}

bool is_one_of(std::string_view word, std::string_view list) {
  return list.find(fmt::format(" {} ", word)) != std::string_view::npos;
}

}  // namespace

std::span<const FactField> fact_fields() {
  static const std::array<FactField, kFactKeys> rows = make_fields();
  return rows;
}

const FactField& fact_field(FactKey key) { return fact_fields()[static_cast<std::size_t>(key)]; }

bool belongs_to(const FactField& field, SubjectKind kind) {
  return kind == SubjectKind::Contact   ? field.contact
         : kind == SubjectKind::Project ? field.project
                                        : field.team;
}

const FactField* find_fact(std::string_view heading) {
  const std::string_view given = trim(heading);
  const std::string_view plain = without_unit(given);
  if (plain.empty()) return nullptr;
  for (const FactField& field : fact_fields()) {
    for (const std::string_view words : {given, plain}) {
      if (words == field.word || words == field.heading.zh || words == field.heading.en ||
          is_one_of(words, field.others)) {
        return &field;
      }
    }
  }
  return nullptr;
}

const FactField* plan_of(LedgerStage stage) {
  for (const FactField& field : fact_fields()) {
    if (field.plans == stage) return &field;
  }
  return nullptr;
}

std::optional<FactValue> parse_fact(const FactField& field, std::string_view text, double unit,
                                    Text& why) {
  const std::string words = normalize_width(trim(text));
  FactValue value;
  const auto refuse = [&](std::string en, std::string zh) {
    why = {std::move(en), std::move(zh)};
    return std::nullopt;
  };
  const std::string quoted = excerpt(words);
  switch (field.type) {
    case FactType::Words:
      value.text = std::string(trim(text));
      return value;
    case FactType::Money: {
      const auto money = parse_money(words, unit);
      if (!money) {
        return refuse(
            fmt::format("\"{}\" is not an amount; write CNY, such as 2.5亿 or 250000000", quoted),
            fmt::format("“{}”不是金额；请写人民币金额，如 2.5亿 或 250000000", quoted));
      }
      if (money->currency != "CNY") {
        return refuse(fmt::format("\"{}\" is not in CNY; convert it first", quoted),
                      fmt::format("“{}”不是人民币；请先折算", quoted));
      }
      if (money->amount < 0 || money->amount > kMostMoney) {
        return refuse(fmt::format("\"{}\" is not a possible amount; give 0 to 10^15 yuan", quoted),
                      fmt::format("金额“{}”不合理；应为 0 到 10^15 元", quoted));
      }
      value.number = money->amount;
      return value;
    }
    case FactType::Number:
    case FactType::Event: {
      const auto number = parse_number(words);
      if (!number || *number < 0 || *number > 1e9) {
        return refuse(fmt::format("\"{}\" is not a number of 0 or more", quoted),
                      fmt::format("“{}”不是 0 或更大的数", quoted));
      }
      if (field.type == FactType::Event && *number != std::floor(*number)) {
        return refuse(fmt::format("\"{}\" is not a whole number of times", quoted),
                      fmt::format("“{}”不是整数次数", quoted));
      }
      if (field.most > 0 && *number > field.most) {
        return refuse(fmt::format("\"{}\" is above {}", quoted, field.most),
                      fmt::format("“{}”超过 {}", quoted, field.most));
      }
      value.number = *number;
      return value;
    }
    case FactType::Flag:
      if (is_one_of(words, " 是 有 yes y true 1 √ ")) {
        value.number = 1;
        return value;
      }
      if (is_one_of(words, " 否 无 no n false 0 × ")) return value;
      return refuse(fmt::format("\"{}\" is neither yes nor no", quoted),
                    fmt::format("“{}”应为 是 或 否", quoted));
    case FactType::Day:
      break;
  }
  const auto day = parse_date(words);
  if (!day || !day->known()) {
    return refuse(fmt::format("\"{}\" is not a date; write such as 2025-06-30", quoted),
                  fmt::format("“{}”不是日期；请写成 2025-06-30", quoted));
  }
  value.day = *day;
  return value;
}

std::string fact_text(const FactField& field, const FactValue& value, Language language) {
  switch (field.type) {
    case FactType::Words:
      return value.text;
    case FactType::Flag:
      if (language == Language::Zh) return value.number > 0 ? "是" : "否";
      return value.number > 0 ? "yes" : "no";
    case FactType::Day:
      return value.day.to_string();
    default:
      break;
  }
  return fmt::format("{}", value.number);
}

}  // namespace liantu
