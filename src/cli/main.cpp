#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <malloc.h>
#include <optional>
#include <span>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/command.hpp"
#include "cli/interrupts.hpp"
#include "cli/limits.hpp"
#include "cli/own_process.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/error.hpp"

namespace {

using namespace liantu;
using namespace liantu::cli;

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? Language::Zh : Language::En;
  }
  return Language::En;
}

std::optional<Language> parse_language(std::string_view word) {
  if (word == "zh") return Language::Zh;
  if (word == "en") return Language::En;
  return std::nullopt;
}

[[noreturn]] void language_error() {
  usage_error("--lang is zh or en, such as --lang zh", "--lang 只能是 zh 或 en，如 --lang zh");
}

// The language must be known before anything is said, so it is looked for before the options are
// parsed.
Language language_of(std::span<const char* const> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    std::optional<Language> language;
    if (word.starts_with("--lang=")) language = parse_language(word.substr(7));
    if (word == "--lang" && i + 1 < arguments.size()) language = parse_language(arguments[i + 1]);
    if (language) return *language;
  }
  return language_of_environment();
}

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotFound:
      return Exit::Usage;
    case ErrorCode::InvalidData:
      return Exit::Input;
    case ErrorCode::Io:
      return Exit::Io;
    case ErrorCode::LimitReached:
      return Exit::Limit;
    case ErrorCode::Cancelled:
      return Exit::Interrupted;
  }
  return Exit::Internal;
}

// Words behind a left column, wrapped beside it where the terminal is narrow.
std::string beside(std::size_t width, const std::string& left, std::string_view words) {
  const std::size_t room = width > left.size() + 20 ? width - display_width(left) : 0;
  const auto lines = room == 0 ? std::vector{std::string(words)} : wrap_width(words, room);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += i == 0 ? left : std::string(display_width(left), ' ');
    text += lines[i] + '\n';
  }
  return text;
}

std::string help(std::size_t width, Language language) {
  const bool zh = language == Language::Zh;
  std::string text =
      beside(width, "",
             zh ? "liantu：由地区已有的表建企业关联图，找出产业链缺口，列出潜在招商对象清单"
                : "liantu: from a district's tables to the enterprise graph, the gaps of its "
                  "chains and a prospect list");
  text += fmt::format(
      "\n{}\n\n", zh ? "用法：liantu 动词 [文件] [选项]" : "usage: liantu VERB [FILES] [options]");
  std::size_t names = 0;
  std::size_t arguments = 0;
  for (const Verb& verb : verbs()) {
    names = std::max(names, display_width(verb.name));
    arguments = std::max(arguments, display_width(verb.arguments.in(language)));
  }
  for (const Verb& verb : verbs()) {
    text += beside(width,
                   fmt::format("  {} {}  ", pad_width(verb.name, names),
                               pad_width(verb.arguments.in(language), arguments)),
                   verb.summary.in(language));
  }
  text += fmt::format("\n{}\n", zh ? "一次完整的工作：" : "a whole run:");
  for (const Verb& verb : verbs()) {
    if (!verb.example.empty()) text += fmt::format("  {}\n", verb.example);
  }
  text += '\n';
  text += beside(width, "",
                 zh ? "liantu 动词 --help 列出该动词的选项；--lang zh|en 选语言；--version"
                    : "liantu VERB --help lists a verb's options; --lang zh|en; --version");
  text += beside(width, "",
                 zh ? "退出码：0 完成；1 完成且结论为否；2 用法错误；3 输入不可接受；4 无法读写；"
                      "5 达到限额；70 内部错误；130 被中断"
                    : "exit codes: 0 done; 1 done, the answer is negative; 2 usage; 3 input not "
                      "acceptable; 4 cannot read or write; 5 limit reached; 70 internal fault; "
                      "130 interrupted");
  return text;
}

std::string help(const Verb& verb, const po::options_description& options, Language language) {
  const bool zh = language == Language::Zh;
  const std::size_t terminal = terminal_width(STDOUT_FILENO);
  const std::string& arguments = verb.arguments.in(language);
  std::string text = beside(terminal, "", verb.summary.in(language));
  text += fmt::format("\n{}liantu {}{}{} [{}]\n", zh ? "用法：" : "usage: ", verb.name,
                      arguments.empty() ? "" : " ", arguments, zh ? "选项" : "options");
  if (!verb.example.empty()) {
    text += fmt::format("{}{}\n", zh ? "例如：" : "example: ", verb.example);
  }
  text += '\n';
  std::size_t width = 0;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& option : options.options()) {
    rows.emplace_back(option->format_name() + " " + option->format_parameter(),
                      option->description());
    width = std::max(width, display_width(rows.back().first));
  }
  for (const auto& [name, meaning] : rows) {
    text += beside(terminal, fmt::format("  {}  ", pad_width(name, width)), meaning);
  }
  return text;
}

// The language may stand before the verb too.
std::vector<std::string> behind_language(std::vector<std::string> arguments) {
  std::size_t words = 0;
  if (!arguments.empty() && arguments[0] == "--lang") words = 2;
  if (!arguments.empty() && arguments[0].starts_with("--lang=")) words = 1;
  if (words == 0) return arguments;
  const std::string word = words == 1             ? arguments[0].substr(7)
                           : arguments.size() > 1 ? arguments[1]
                                                  : "";
  if (!parse_language(word)) language_error();
  arguments.erase(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(words));
  return arguments;
}

// What the command-line parser says, in Chinese; its own words are English.
std::string parser_words(const po::error& error) {
  const std::string_view english = error.what();
  const auto* named = dynamic_cast<const po::error_with_option_name*>(&error);
  const std::string name = named != nullptr ? named->get_option_name() : std::string();
  if (dynamic_cast<const po::unknown_option*>(&error) != nullptr) {
    return fmt::format("没有选项 {}", name);
  }
  if (dynamic_cast<const po::ambiguous_option*>(&error) != nullptr) {
    return fmt::format("选项 {} 有歧义，请写全", name);
  }
  if (dynamic_cast<const po::multiple_occurrences*>(&error) != nullptr) {
    return fmt::format("选项 {} 只能给一次", name);
  }
  if (const auto* syntax = dynamic_cast<const po::invalid_syntax*>(&error)) {
    switch (syntax->kind()) {
      case po::invalid_syntax::missing_parameter:
      case po::invalid_syntax::empty_adjacent_parameter:
        return fmt::format("选项 {} 缺少值", name);
      case po::invalid_syntax::extra_parameter:
        return fmt::format("选项 {} 不带值", name);
      default:
        break;
    }
  }
  if (const auto* value = dynamic_cast<const po::validation_error*>(&error)) {
    if (value->kind() == po::validation_error::multiple_values_not_allowed) {
      return fmt::format("选项 {} 只能给一个值", name);
    }
    const std::size_t first = english.find("('");
    const std::size_t last = english.find("')");
    if (first != std::string_view::npos && last != std::string_view::npos && first < last) {
      return fmt::format("选项 {} 的值“{}”无效", name, english.substr(first + 2, last - first - 2));
    }
    return fmt::format("选项 {} 的值无效", name);
  }
  return fmt::format("命令行有误（{}）", english);
}

// Letters to be added, left out or replaced to turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

// What a misspelt word may have meant; empty when no known word is near.
Text did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kNear = 2;
  if (known.empty()) return {};
  const std::string& best = *std::ranges::min_element(
      known, {}, [&](const std::string& one) { return distance(word, one); });
  if (distance(word, best) > std::min(kNear, best.size() / 2)) return {};
  return {fmt::format("; did you mean {}?", best), fmt::format("；是否想写 {}？", best)};
}

Exit run(const std::vector<std::string>& given, Language language) {
  const std::vector<std::string> arguments = behind_language(given);
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    if (arguments.empty()) {
      say(help(terminal_width(STDERR_FILENO), language));
      return Exit::Usage;
    }
    put(help(terminal_width(STDOUT_FILENO), language));
    return Exit::Done;
  }
  if (arguments[0] == "--version") {
    put(fmt::format("liantu {}\n", LIANTU_VERSION));
    return Exit::Done;
  }
  for (const Verb& verb : verbs()) {
    if (verb.name != arguments[0]) continue;
    po::options_description options;
    verb.declare(options, language);
    options.add_options()(
        "limit", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
        pick(language, "raise or lower a limit (`liantu formats --limits`); may be repeated",
             "调整限额（见 `liantu formats --limits`），可重复")
            .c_str())("lang", po::value<std::string>()->value_name("zh|en"),
                      pick(language, "language of messages and lists", "消息和清单的语言").c_str())(
        "help,h", pick(language, "this page", "本页").c_str());
    po::options_description all;
    all.add(options).add_options()("input", po::value<std::vector<std::string>>());
    po::positional_options_description positional;
    positional.add("input", -1);
    Call call;
    call.language = language;
    const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    try {
      po::store(po::command_line_parser(rest).options(all).positional(positional).run(),
                call.options);
    } catch (const po::error& error) {
      const auto* unknown = dynamic_cast<const po::unknown_option*>(&error);
      std::vector<std::string> known;
      for (const auto& option : options.options()) known.push_back("--" + option->long_name());
      const Text meant =
          unknown == nullptr ? Text{} : did_you_mean(unknown->get_option_name(), known);
      usage_error(fmt::format("{}{}; see --help", error.what(), meant.en),
                  fmt::format("{}{}；见 --help", parser_words(error), meant.zh));
    }
    if (call.has("help")) {
      put(help(verb, options, language));
      return Exit::Done;
    }
    if (call.has("lang") && !parse_language(call.get<std::string>("lang"))) {
      language_error();
    }
    std::ignore = limits(call);  // what is wrong with them is said at once
    std::optional<OwnProcess> own;
    if (verb.apart != nullptr && verb.apart(call)) own.emplace(language);
    Interrupts interrupts(language);
    call.stop = interrupts.token();
    call.interrupts = &interrupts;
    return verb.run(call);
  }
  std::vector<std::string> known;
  for (const Verb& verb : verbs()) known.emplace_back(verb.name);
  const Text meant = did_you_mean(arguments[0], known);
  usage_error(
      fmt::format("there is no verb \"{}\"{}; `liantu --help` lists the verbs",
                  excerpt(arguments[0]), meant.en),
      fmt::format("没有动词“{}”{}；`liantu --help` 列出全部动词", excerpt(arguments[0]), meant.zh));
}

// What a run that failed says. Words that memory has run out for are not made but stand here.
Exit out_of_memory(Language language) noexcept {
  say(language == Language::Zh
          ? "liantu：内存不足；请减少输入、调高内存限额（ulimit -v）或换用内存更大的机器\n"
          : "liantu: out of memory; give less input, raise the limit of memory (ulimit -v) or use "
            "a "
            "machine with more\n");
  return Exit::Limit;
}

Exit failed(Language language, const Text& what, Exit exit) noexcept {
  try {
    tell(fmt::format(
        "{}{}", language == Language::Zh ? "liantu：" : "liantu: ", shortened(what.in(language))));
    return exit;
  } catch (...) {
    return out_of_memory(language);
  }
}

Exit internal_fault(Language language, const char* what) noexcept {
  try {
    return failed(language,
                  {fmt::format("internal fault, please report it: {}", what),
                   fmt::format("内部错误，请报告：{}", what)},
                  Exit::Internal);
  } catch (...) {
    return out_of_memory(language);
  }
}

Exit guarded_run(int argc, char** argv, Language language) noexcept {
  try {
    return run({argv + std::min(argc, 1), argv + argc}, language);
  } catch (const Error& error) {
    return failed(language, error.message(), exit_of(error.code()));
  } catch (const std::bad_alloc&) {
    return out_of_memory(language);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::resource_unavailable_try_again) {
      return internal_fault(language, error.what());
    }
    say(language == Language::Zh
            ? "liantu：无法再启动线程；请关闭部分程序，或调高进程数限额（ulimit -u）\n"
            : "liantu: no further thread can be started; close some programs or raise the limit of "
              "processes (ulimit -u)\n");
    return Exit::Limit;
  } catch (const std::exception& error) {
    return internal_fault(language, error.what());
  } catch (...) {
    return internal_fault(language, "?");
  }
}

// Each thread's own memory is asked for in parts of 64 MB. Under a limit below that every request
// would be refused anew before the common memory is asked, and training would take hours.
void share_memory_under_a_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  mallopt(M_ARENA_MAX, 1);
}

}  // namespace

int main(int argc, char** argv) {
  share_memory_under_a_limit();
  hold_standard_files();
  // A file that may not grow any more and a pipe that nobody reads are errors of writing; the
  // signals would end the program before its temporary file is removed.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  const Language language =
      argc > 1 ? language_of({argv + 1, argv + argc}) : language_of_environment();
  return static_cast<int>(guarded_run(argc, argv, language));
}
