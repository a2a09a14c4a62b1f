#include "liantu/report/prospects/prospect_workbook.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/files/fill_in.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "liantu/report/prospects/introduction_sheet.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "report/prospects/prospect_columns.hpp"
#include "report/prospects/short_cells.hpp"
#include "report/prospects/task_list_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kCards = 20;

// A firm by code, else by name.
std::string code_key(std::string_view code) { return fmt::format("#{}", code); }
std::string name_key(std::string_view name) { return normalize_firm_name(name).full; }

// What people wrote about each firm: of two rows that say different things both are kept.
class Written {
 public:
  explicit Written(const KeptList& list) : rows_(list.rows.size()) {
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      const KeptRow& row = list.rows[i];
      if (!row.code.empty()) by_key_[code_key(row.code)].push_back(i);
      if (!row.name.empty()) by_key_[name_key(row.name)].push_back(i);
    }
    list_ = &list;
  }

  // What was written about a firm; it then counts as found.
  KeptRow take(std::string_view code, std::string_view name) {
    std::vector<std::size_t> found;
    if (const auto rows = by_key_.find(code_key(code)); !code.empty() && rows != by_key_.end()) {
      found = rows->second;
    }
    if (const auto rows = by_key_.find(name_key(name)); rows != by_key_.end()) {
      for (const std::size_t i : rows->second) {
        const std::string& other = list_->rows[i].code;
        // A firm of another code that has the same name is another firm.
        if (!other.empty() && !code.empty() && other != code && by_key_.contains(code_key(code))) {
          continue;
        }
        if (std::ranges::find(found, i) == found.end()) found.push_back(i);
      }
    }
    KeptRow sum;
    for (const std::size_t i : found) {
      rows_[i] = true;
      const KeptRow& row = list_->rows[i];
      if (sum.rank.empty()) sum.rank = row.rank;
      sum.others.insert(sum.others.end(), row.others.begin(), row.others.end());
      for (const auto& [key, text] : row.written) {
        std::string& all = sum.written[key];
        if (all.empty()) {
          all = text;
        } else if (all != text) {
          all += "；" + text;
        }
      }
    }
    return sum;
  }

  // Rows that no firm of the list took.
  [[nodiscard]] std::vector<const KeptRow*> left() const {
    std::vector<const KeptRow*> rows;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!rows_[i]) rows.push_back(&list_->rows[i]);
    }
    return rows;
  }

 private:
  const KeptList* list_ = nullptr;
  std::map<std::string, std::vector<std::size_t>> by_key_;
  std::vector<bool> rows_;  // taken
};

class ProspectWorkbook {
 public:
  ProspectWorkbook(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
                   const RunInfo& run, const std::optional<KeptList>& kept,
                   const SheetOptions& options, const TaskLists* lists)
      : graph_(graph),
        report_(report),
        list_(list),
        run_(run),
        kept_(kept),
        options_(options),
        lists_(lists) {
    for (const auto* part : {&list.prospects, &list.unlocated, &list.expansions}) {
      const std::size_t shown =
          options.most == 0 ? part->size() : std::min(options.most, part->size());
      for (std::size_t i = 0; i < shown; ++i) rows_.push_back(&(*part)[i]);
    }
    if (kept) written_.emplace(*kept);
  }

  std::vector<Sheet> make() {
    SheetOptions full = options_;
    full.brief = false;
    all_ = prospect_sheet(graph_, report_, list_, full);
    if (kept_) find_added();
    std::vector<Sheet> sheets;
    Sheet signed_list = signing_list();
    if (lists_ != nullptr && !lists_->lists.empty()) {
      sheets = shared_out(signed_list);
    } else {
      sheets.push_back(std::move(signed_list));
    }
    const auto behind = static_cast<std::ptrdiff_t>(sheets.size());
    sheets.push_back(cards());
    sheets.push_back(gaps());
    sheets.push_back(introductions());
    sheets.push_back(score_parts());
    Sheet from = sources();
    sheets.push_back(every_column());
    sheets.push_back(std::move(from));
    sheets.push_back(instructions());
    if (kept_) sheets.insert(sheets.begin() + behind, left_out());
    return sheets;
  }

 private:
  [[nodiscard]] const std::string& say(const std::string& en, const std::string& zh) const {
    return options_.language == Language::Zh ? zh : en;
  }

  [[nodiscard]] std::optional<std::size_t> place_of(std::string_view key) const {
    const auto found = std::ranges::find(all_.columns, key, &SheetColumn::key);
    if (found == all_.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all_.columns.begin());
  }

  [[nodiscard]] SheetCell cell(std::size_t row, std::string_view key) const {
    const auto place = place_of(key);
    return place && row < all_.rows.size() ? all_.rows[row][*place] : SheetCell();
  }

  // Columns of the full list, in the order asked for; one that it does not have is left out.
  void copy(Sheet& sheet, std::initializer_list<std::string_view> keys) const {
    std::vector<std::size_t> places;
    for (const std::string_view key : keys) {
      if (const auto place = place_of(key)) places.push_back(*place);
    }
    for (const std::size_t place : places) sheet.columns.push_back(all_.columns[place]);
    sheet.rows.resize(rows_.size());
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      for (const std::size_t place : places) sheet.rows[r].push_back(all_.rows[r][place]);
    }
  }

  [[nodiscard]] Text district_text() const {
    const std::string name = region_full_name(report_.district.region);
    const std::string shown = name.empty() ? report_.district.region.to_string() : name;
    const std::string date = run_.data_date.empty() ? "-" : run_.data_date;
    return {fmt::format("district: {}; data of {}; amounts in 10,000 CNY a year", shown, date),
            fmt::format("地区：{}　数据截至：{}　金额单位：万元/年", shown, date)};
  }

  // A heading as it is compared: people and programs change widths and blanks.
  [[nodiscard]] static std::string plain_heading(std::string_view heading) {
    std::string plain;
    for (const char c : normalize_width(valid_utf8(heading))) {
      if (c != ' ' && c != '\n' && c != '\r') plain += c;
    }
    return plain;
  }

  // Columns of the former list that no list of this program has: people added them, or headed one
  // that they fill in anew.
  void find_added() {
    std::set<std::string> known = {plain_heading(kOutputMark.en), plain_heading(kOutputMark.zh)};
    const auto know = [&](const SheetColumn& column) {
      known.insert(plain_heading(column.heading.en));
      known.insert(plain_heading(column.heading.zh));
    };
    std::ranges::for_each(all_.columns, know);
    for (const SheetColumn& column : {purchases_column(), last_rank_column(), why_column()}) {
      know(column);
    }
    for (const KeptRow& row : kept_->rows) {
      for (const auto& [heading, text] : row.others) {
        if (known.insert(plain_heading(heading)).second) added_.push_back(heading);
      }
    }
  }

  [[nodiscard]] static SheetColumn purchases_column() {
    return {"purchases",
            {"brings home at most, 10,000 CNY/year", "至多带回采购额（万元/年）"},
            CellKind::Money};
  }
  [[nodiscard]] static SheetColumn last_rank_column() {
    return {"last_rank", {"last rank", "上次名次"}, CellKind::Text};
  }
  [[nodiscard]] static SheetColumn why_column() {
    return {"why", {"why", "移出原因"}, CellKind::Text};
  }

  // What people wrote about a firm, for the columns of add_fill_in().
  void append_written(std::vector<SheetCell>& cells, const KeptRow& row) const {
    const auto put = [&](const std::string& text) {
      cells.push_back(text.empty() ? SheetCell() : words(valid_utf8(text)));
    };
    for (const FillIn& one : fill_in_columns()) {
      const auto text = row.written.find(std::string(one.key));
      put(text == row.written.end() ? std::string() : text->second);
    }
    for (const std::string& heading : added_) {
      std::string all;
      for (const auto& [under, text] : row.others) {
        if (plain_heading(under) != plain_heading(heading) || all == text) continue;
        all += (all.empty() ? "" : "；") + text;
      }
      put(all);
    }
  }

  [[nodiscard]] Sheet signing_list() {
    Sheet sheet;
    sheet.title = {"Prospect list", "潜在招商对象清单"};
    sheet.head.push_back(district_text());
    for (const Text& said : all_.summary) sheet.head.push_back(said);
    copy(sheet, {"rank",        "draws_rank_low",  "draws_rank_high", "name",
                 "credit_code", "region_name",     "status",          "contact",
                 "chain",       "grade",           "score",           "gaps",
                 "purchases",   "purchases_basis", "anchors",         "reasons",
                 "channel",     "introducer",      "risks",           "unknown"});
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      SheetColumn& column = sheet.columns[i];
      column.lead = column.key == "rank" || column.key == "name";
      column.grade = column.key == "grade";
      column.bar = column.key == "score";
      column.width = width_of(column.key);
      if (column.key != "purchases") continue;
      column.heading = purchases_column().heading;
      for (auto& row : sheet.rows) {
        if (double* yuan = std::get_if<double>(&row[i]))
          *yuan = std::round(*yuan / 1e4 * 100) / 100;
      }
    }
    give_room(sheet, "reasons");
    shorten(sheet);
    if (kept_) sheet.columns.push_back(last_rank_column());
    add_fill_in(sheet);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const EntityId firm = graph_.entity(rows_[r]->firm);
      const KeptRow kept =
          written_ ? written_->take(graph_.text(firm, EntityText::Code), graph_.name(firm))
                   : KeptRow();
      if (kept_) sheet.rows[r].push_back(words(kept.rank));
      append_written(sheet.rows[r], kept);
    }
    sheet.notes = all_.notes;
    sheet.notes.push_back(
        {"long cells are cut (…); whole texts stand in the sheets \"First "
         "recommendations\" and \"all columns\", what to say in "
         "\"Introductions\"",
         "文字较长的单元格只列要点（以“…”结尾），全文见“重点推荐”和“全部列”；"
         "怎么说见“引荐路径”"});
    if (!added_.empty()) {
      std::vector<std::string> names;
      for (const std::string& heading : added_) names.push_back(valid_utf8(heading));
      sheet.notes.push_back({fmt::format("kept from {}, columns that people added: {}", kept_->file,
                                         join_words(names, Language::En)),
                             fmt::format("沿用 {} 中人工增加的列：{}", kept_->file,
                                         join_words(names, Language::Zh))});
    }
    sheet.notes.push_back(
        {"signed (leader): ____________    task force: ____________    date: "
         "____________",
         "审批（领导签字）：____________　　专班负责人：____________　　日期：____________"});
    return sheet;
  }

  // So that 25 rows or more stand on a page: what is long is cut to two lines, reasons to three.
  void shorten(Sheet& sheet) const {
    const Language language = options_.language;
    const ProspectTable table = prospect_table(graph_, report_, list_, options_, false);
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const SheetColumn& column = sheet.columns[i];
      const CellRoom room{column.width, column.key == "reasons" ? 3U : 2U};
      const auto names = [&](const Prospect& row) {
        std::vector<std::string> found;
        if (column.key == "gaps") return gap_names(row, table);
        if (column.key == "anchors") {
          for (const FirmId anchor : row.anchors) found.push_back(table.names.of(anchor));
        } else if (column.key == "unknown") {
          for (const std::string& word : row.unknown) {
            found.push_back(unknown_text(word).in(language));
          }
        }
        return found;
      };
      const Counter counter = column.key == "gaps"      ? Counter::Segments
                              : column.key == "anchors" ? Counter::Firms
                                                        : Counter::Things;
      for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
        std::string* text = std::get_if<std::string>(&sheet.rows[r][i]);
        if (text == nullptr || column.width == 0 || room.holds(*text)) continue;
        if (const auto several = names(*rows_[r]); !several.empty()) {
          *text = few_names(several, counter, language, room);
        } else if (column.key == "reasons" || column.key == "risks" || column.key == "chain") {
          *text = first_clauses(*text, language, room);
        }
      }
    }
  }

  // A sheet for each task force, and one for whom no list names.
  [[nodiscard]] std::vector<Sheet> shared_out(const Sheet& whole) const {
    HashMap<std::uint32_t, std::size_t> places;  // by firm
    for (std::size_t i = 0; i < rows_.size(); ++i) places[raw(rows_[i]->firm)] = i;
    const auto some = [&](const Text& title, const Text& said) {
      Sheet sheet;
      sheet.title = title;
      sheet.columns = whole.columns;
      sheet.head = {whole.head.front(), said};
      sheet.notes = {whole.notes.back()};  // the lines to sign on
      return sheet;
    };
    std::vector<Sheet> sheets;
    for (const TaskList& one : lists_->lists) {
      const Text name{valid_utf8(one.name.en), valid_utf8(one.name.zh)};
      sheets.push_back(some(name, list_text(one, lists_->options)));
      for (const FirmId firm : one.firms) {
        const auto at = places.find(raw(firm));
        if (at != places.end()) sheets.back().rows.push_back(whole.rows[at->second]);
      }
    }
    Sheet others = some({"others", "其他"}, lists_text(*lists_));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i]->status != ProspectStatus::Prospect) others.rows.push_back(whole.rows[i]);
    }
    others.notes.insert(others.notes.begin(), whole.notes.begin(), whole.notes.end() - 1);
    sheets.push_back(std::move(others));
    return sheets;
  }

  // The yellow columns, behind all others.
  void add_fill_in(Sheet& sheet) const {
    for (const FillIn& one : fill_in_columns()) {
      SheetColumn column{std::string(one.key), one.heading, CellKind::Text};
      column.fill_in = true;
      column.choices = one.choices;
      column.width = 10;
      sheet.columns.push_back(std::move(column));
    }
    for (const std::string& heading : added_) {
      const std::string said = valid_utf8(heading);
      SheetColumn column{fmt::format("added_{}", &heading - added_.data() + 1), {said, said}};
      column.fill_in = true;
      column.width = 12;
      sheet.columns.push_back(std::move(column));
    }
  }

  // Columns that are empty all the way down leave their room to a long one.
  void give_room(Sheet& sheet, std::string_view to) const {
    constexpr std::size_t kLeast = 8;    // which a heading of four characters takes
    constexpr std::size_t kHeading = 3;  // lines of it
    std::size_t room = 0;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      SheetColumn& column = sheet.columns[i];
      const bool empty = std::ranges::all_of(sheet.rows, [&](const auto& row) {
        const std::string* text = i < row.size() ? std::get_if<std::string>(&row[i]) : nullptr;
        return i >= row.size() || std::holds_alternative<std::monostate>(row[i]) ||
               (text != nullptr && text->empty());
      });
      const std::size_t heading = display_width(column.heading.in(options_.language));
      const std::size_t least = std::max(kLeast, heading / kHeading + 3);
      if (!empty || column.width <= least) continue;
      room += column.width - least;
      column.width = least;
    }
    const auto longest = std::ranges::find(sheet.columns, to, &SheetColumn::key);
    if (longest != sheet.columns.end()) longest->width += room;
  }

  // So that a row is legible on A3, one page wide.
  [[nodiscard]] static std::size_t width_of(std::string_view key) {
    constexpr std::pair<std::string_view, std::size_t> kWidths[] = {
        {"rank", 6},     {"name", 22},    {"credit_code", 21}, {"region_name", 14},
        {"status", 9},   {"contact", 12}, {"chain", 12},       {"grade", 6},
        {"score", 9},    {"gaps", 24},    {"purchases", 11},   {"purchases_basis", 8},
        {"anchors", 20}, {"reasons", 64}, {"channel", 8},      {"introducer", 18},
        {"risks", 10},   {"unknown", 14}};
    const auto found =
        std::ranges::find(kWidths, key, &std::pair<std::string_view, std::size_t>::first);
    return found == std::end(kWidths) ? 0 : found->second;
  }

  // What people wrote about firms that this list does not name.
  [[nodiscard]] Sheet left_out() const {
    Sheet sheet;
    sheet.title = {"No longer on the list", "已移出"};
    sheet.columns = {
        {"name", {"firm", "企业"}, CellKind::Text, true},
        {"credit_code", {"unified social credit code", "统一社会信用代码"}, CellKind::Code},
        last_rank_column(),
        why_column()};
    add_fill_in(sheet);
    for (const KeptRow* row : written_->left()) {
      std::vector<SheetCell> cells = {words(valid_utf8(row->name)), words(valid_utf8(row->code)),
                                      words(row->rank),
                                      words(why_left(*row).in(options_.language))};
      append_written(cells, *row);
      sheet.rows.push_back(std::move(cells));
    }
    sheet.notes = {{fmt::format("from {}; what people wrote there is kept here", kept_->file),
                    fmt::format("来自 {}；原有填写内容保留于此", kept_->file)}};
    return sheet;
  }

  [[nodiscard]] Text why_left(const KeptRow& row) const {
    if (row.name.empty() && row.code.empty()) {
      return {"written beside no firm; give the row a name or a code",
              "该行没有企业名称和代码；请补上其一"};
    }
    std::vector<EntityId> found;
    if (!row.code.empty()) found = graph_.find(EntityKind::Firm, row.code);
    if (found.empty() && !row.name.empty()) found = graph_.find(EntityKind::Firm, row.name);
    if (found.empty()) return {"in no table of this run", "本次的表中没有这家企业"};
    if (found.size() > 1) {
      return {"several firms have this name; give its code", "有多家企业同名；请填写信用代码"};
    }
    const FirmId firm{graph_.local(found.front())};
    for (const Prospect& one : list_.screened) {
      if (one.firm == firm) return one.screened_by;
    }
    for (const auto* part : {&list_.prospects, &list_.unlocated, &list_.expansions}) {
      if (std::ranges::find(*part, firm, &Prospect::firm) == part->end()) continue;
      return {"stands further down than the list is long", "名次在本清单显示范围之外"};
    }
    const Text why = why_not_listed(graph_, report_, firm);
    if (!why.en.empty()) return why;
    return {"ranked below the rows shown", "名次在本清单显示范围之外"};
  }

  [[nodiscard]] Sheet cards() const {
    Sheet sheet;
    sheet.title = {"First recommendations", "重点推荐"};
    sheet.head.push_back(district_text());
    sheet.columns = {{"item", {"item", "项目"}, CellKind::Text, true},
                     {"content", {"content", "内容"}, CellKind::Text}};
    sheet.columns[0].width = 20;
    sheet.columns[1].width = 62;
    const std::pair<std::string_view, Text> kItems[] = {
        {"credit_code", {"credit code", "统一社会信用代码"}},
        {"region_name", {"registered in", "注册地"}},
        {"score", {"score of 100; grade", "得分（满分 100）"}},
        {"purchases", {"brings home at most a year", "每年至多带回"}},
        {"gaps", {"gaps it would fill", "可补环节"}},
        {"makes", {"what it makes for them", "对应产品"}},
        {"anchors", {"anchors served", "服务的龙头企业"}},
        {"reasons", {"why this firm", "推荐理由"}},
        {"introducer", {"who opens the door", "引荐人"}},
        {"introduction", {"what to say", "怎么说"}},
        {"risks", {"risks", "风险提示"}},
        {"unknown", {"not known", "尚缺信息"}}};
    const std::size_t shown = std::min({kCards, list_.prospects.size(), rows_.size()});
    for (std::size_t r = 0; r < shown; ++r) {
      sheet.blocks.push_back(sheet.rows.size());
      sheet.rows.push_back(
          {fmt::format(fmt::runtime(say("no. {}", "第 {} 名")), rows_[r]->rank), cell(r, "name")});
      for (const auto& [key, heading] : kItems) {
        SheetCell content = cell(r, key);
        if (std::holds_alternative<std::monostate>(content)) continue;
        if (key == "score") {
          content = fmt::format(fmt::runtime(say("{:.2f}, grade {}", "{:.2f}，{} 级")),
                                rows_[r]->score, rows_[r]->grade);
        } else if (key == "purchases" && rows_[r]->purchases) {
          content = money_with_basis(*rows_[r]->purchases, options_.language) +
                    (options_.language == Language::Zh ? "，元/年" : " CNY");
        } else if (const double* number = std::get_if<double>(&content)) {
          content = plain_number(*number);
        }
        sheet.rows.push_back({heading.in(options_.language), content});
      }
    }
    return sheet;
  }

  [[nodiscard]] Sheet gaps() const {
    SheetOptions brief = options_;
    brief.brief = true;
    brief.most = 0;
    Sheet sheet = gap_sheet(graph_, report_, brief);
    sheet.title = {"Gaps in the chains", "产业链缺口"};
    return sheet;
  }

  [[nodiscard]] Sheet introductions() const {
    std::vector<PlannedIntroduction> plan;
    for (const Prospect* one : rows_) {
      if (one->status == ProspectStatus::Expansion) continue;
      plan.push_back({one->firm, one->introduction, Unintroduced::NoWay, {}});
    }
    SheetOptions full = options_;
    full.brief = false;
    Sheet sheet = introduction_plan_sheet(graph_, plan, full);
    sheet.title = {"Introductions", "引荐路径"};
    return sheet;
  }

  [[nodiscard]] Sheet score_parts() const {
    Sheet sheet;
    sheet.title = {"Parts of the score", "评分明细"};
    sheet.head = {{fmt::format("the parts add up to the score; policy: {}",
                               policy_text(list_.policy.name).en),
                   fmt::format("各项之和等于得分；政策：{}", policy_text(list_.policy.name).zh)}};
    copy(sheet, {"rank", "name", "status"});
    const std::array<double, kPartCount> weights = part_weights(list_);
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePartKind part{static_cast<std::uint8_t>(i)};
      const auto place = place_of("points_" + std::string(part_word(part)));
      if (!place) continue;
      SheetColumn column = all_.columns[*place];
      column.heading.en += fmt::format(" (of {})", plain_number(weights[i]));
      column.heading.zh += fmt::format("满分 {}", plain_number(weights[i]));
      sheet.columns.push_back(std::move(column));
      for (std::size_t r = 0; r < rows_.size(); ++r) sheet.rows[r].push_back(all_.rows[r][*place]);
    }
    Sheet sums;
    copy(sums, {"score", "score_max", "rank_best", "rank_worst"});
    sheet.columns.insert(sheet.columns.end(), sums.columns.begin(), sums.columns.end());
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      sheet.rows[r].insert(sheet.rows[r].end(), sums.rows[r].begin(), sums.rows[r].end());
    }
    for (SheetColumn& column : sheet.columns) {
      column.lead = column.key == "rank" || column.key == "name";
    }
    return sheet;
  }

  // The last to use all_.
  [[nodiscard]] Sheet every_column() {
    Sheet sheet = std::move(all_);
    sheet.title = {"all columns", "全部列"};
    return sheet;
  }

  [[nodiscard]] Sheet sources() const {
    Sheet sheet;
    sheet.title = {"Sources and doubts", "数据来源与问题"};
    sheet.columns = {{"kind", {"what", "类别"}, CellKind::Text, true},
                     {"name", {"name", "名称"}, CellKind::Text},
                     {"detail", {"detail", "说明"}, CellKind::Text}};
    for (const auto& [name, digest] : run_.inputs) {
      sheet.rows.push_back(
          {say("input, digest", "输入文件（摘要）"), words(valid_utf8(name)), words(digest)});
    }
    for (const Source& source : graph_.sources()) {
      if (source.file.empty() && source.citation.empty()) continue;
      const std::string file =
          source.sheet.empty() ? source.file : fmt::format("{}#{}", source.file, source.sheet);
      sheet.rows.push_back(
          {say("source", "数据来源"), words(valid_utf8(file)), words(valid_utf8(source.citation))});
    }
    const auto doubt = [&](const Text& said) {
      sheet.rows.push_back({say("note", "说明"), {}, words(said.in(options_.language))});
    };
    doubt(report_.anchors.said());
    if (report_.unlocated_firms > 0) {
      doubt({fmt::format("firms whose region is not known: {}", report_.unlocated_firms),
             fmt::format("地区不明的企业 {} 家", report_.unlocated_firms)});
    }
    if (!graph_.conflicts().empty()) {
      doubt({fmt::format("figures on which two sources disagree (the surer one is used): {}",
                         graph_.conflicts().size()),
             fmt::format("两处来源不一致的数字 {} 处（采用较可信的一处）",
                         graph_.conflicts().size())});
    }
    for (const FactorUse& use : report_.factors) doubt(factor_text(graph_, use));
    for (const Text& note : all_.notes) doubt(note);
    sheet.notes = {run_text(run_)};
    return sheet;
  }

  [[nodiscard]] Sheet instructions() const {
    Sheet sheet;
    sheet.title = {"How to fill in", "填表说明"};
    sheet.columns = {{"item", {"item", "事项"}, CellKind::Text, true},
                     {"content", {"what it means", "说明"}, CellKind::Text}};
    const std::pair<Text, Text> kLines[] = {
        {{"yellow columns", "黄色列"},
         {"are yours: department, person, stage, next step, deadline, remark. All other columns "
          "are "
          "computed and made anew by the next run",
          "由工作人员填写：责任单位、责任人、跟进阶段、下一步、完成时限、备注；其他列由程序计算，下"
          "次运行会重新生成"}},
        {{"next run", "下次运行"},
         {"liantu rank … --keep THIS.xlsx -o NEW.xlsx: what you wrote moves to the new list, by "
          "credit "
          "code, else by name. Rows may be sorted, moved and added, sheets renamed, columns moved; "
          "keep the headings",
          "liantu rank … --keep 本文件.xlsx -o "
          "新文件."
          "xlsx：填写内容按信用代码（其次按名称）带入新清单；可以排序、移动、增加行，改表名、移动列"
          "，但请保留表头"}},
        {{"rows of your own", "自行增加的行"},
         {"a firm that you add with its name or code keeps what you wrote; while no table names "
          "it, it "
          "stands in the sheet of firms no longer on the list",
          "自行增加的企业请写名称或信用代码；在数据表中没有该企业之前，列在“已移出”表中，内容不会丢"
          "失"}},
        {{"basis", "依据"},
         {"stated (明示): a table says so; estimated (估算): computed with factors; inferred "
          "(推断): read "
          "from scopes or names; counted (计数): firms counted, no amount",
          "明示：表中有此数；估算：按系数计算；推断：由经营范围或名称推出；计数：只计企业数，没有金"
          "额"}},
        {{"at most", "至多"},
         {"the smaller of what the firm can make and what the district buys outside; amounts of "
          "several "
          "rows for one gap must not be added",
          "取企业产能与本地外购额的较小者；同一缺口的多行金额不可相加"}},
        {{"rank interval", "名次区间"},
         {"where the rank could lie were everything known; wide intervals mean that data are "
          "missing",
          "信息补全后名次可能的范围；区间宽说明数据不足"}}};
    for (const auto& [item, content] : kLines) {
      sheet.rows.push_back({item.in(options_.language), content.in(options_.language)});
    }
    return sheet;
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  const RunInfo& run_;
  const std::optional<KeptList>& kept_;
  SheetOptions options_;
  const TaskLists* lists_;  // null: not shared out
  std::vector<const Prospect*> rows_;
  std::optional<Written> written_;
  std::vector<std::string> added_;  // headings of columns that people added to the former list
  Sheet all_;                       // every column of rows_, and of who is screened out behind them
};

}  // namespace

std::vector<Sheet> prospect_workbook(const EnterpriseGraph& graph, const GapReport& report,
                                     const ProspectList& list, const RunInfo& run,
                                     const std::optional<KeptList>& kept,
                                     const SheetOptions& options, const TaskLists* lists) {
  return ProspectWorkbook(graph, report, list, run, kept, options, lists).make();
}

}  // namespace liantu
