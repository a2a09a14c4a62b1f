#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <pthread.h>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/display_width.hpp"
#include "liantu/base/error.hpp"

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
Language language_of(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::optional<Language> language;
    if (arguments[i].starts_with("--lang=")) language = parse_language(arguments[i].substr(7));
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) {
      language = parse_language(arguments[i + 1]);
    }
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
void print_beside(std::FILE* out, const std::string& left, std::string_view words) {
  const std::size_t width = terminal_width(fileno(out));
  const std::size_t room = width > left.size() + 20 ? width - display_width(left) : 0;
  const auto lines = room == 0 ? std::vector{std::string(words)} : wrap_width(words, room);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    fmt::print(out, "{}{}\n", i == 0 ? left : std::string(display_width(left), ' '), lines[i]);
  }
}

void print_help(std::FILE* out, Language language) {
  const bool zh = language == Language::Zh;
  print_beside(out, "",
               zh ? "liantu：由地区已有的表建企业关联图，找出产业链缺口，列出潜在招商对象清单"
                  : "liantu: from a district's tables to the enterprise graph, the gaps of its "
                    "chains and a prospect list");
  fmt::print(out, "\n{}\n\n",
             zh ? "用法：liantu 动词 [文件] [选项]" : "usage: liantu VERB [FILES] [options]");
  std::size_t names = 0;
  std::size_t arguments = 0;
  for (const Verb& verb : verbs()) {
    names = std::max(names, display_width(verb.name));
    arguments = std::max(arguments, display_width(verb.arguments.in(language)));
  }
  for (const Verb& verb : verbs()) {
    print_beside(out,
                 fmt::format("  {} {}  ", pad_width(verb.name, names),
                             pad_width(verb.arguments.in(language), arguments)),
                 verb.summary.in(language));
  }
  fmt::print(out, "\n{}\n", zh ? "一次完整的工作：" : "a whole run:");
  for (const Verb& verb : verbs()) {
    if (!verb.example.empty()) fmt::print(out, "  {}\n", verb.example);
  }
  fmt::print(out, "\n");
  print_beside(out, "",
               zh ? "liantu 动词 --help 列出该动词的选项；--lang zh|en 选语言；--version"
                  : "liantu VERB --help lists a verb's options; --lang zh|en; --version");
  print_beside(out, "",
               zh ? "退出码：0 完成；1 完成且结论为否；2 用法错误；3 输入不可接受；4 无法读写；"
                    "5 达到限额；70 内部错误；130 被中断"
                  : "exit codes: 0 done; 1 done, the answer is negative; 2 usage; 3 input not "
                    "acceptable; 4 cannot read or write; 5 limit reached; 70 internal fault; "
                    "130 interrupted");
}

void print_help(const Verb& verb, const po::options_description& options, Language language) {
  const bool zh = language == Language::Zh;
  const std::string& arguments = verb.arguments.in(language);
  print_beside(stdout, "", verb.summary.in(language));
  fmt::print("\n{}liantu {}{}{} [{}]\n", zh ? "用法：" : "usage: ", verb.name,
             arguments.empty() ? "" : " ", arguments, zh ? "选项" : "options");
  if (!verb.example.empty()) {
    fmt::print("{}{}\n", zh ? "例如：" : "example: ", verb.example);
  }
  fmt::print("\n");
  std::size_t width = 0;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& option : options.options()) {
    rows.emplace_back(option->format_name() + " " + option->format_parameter(),
                      option->description());
    width = std::max(width, display_width(rows.back().first));
  }
  for (const auto& [name, meaning] : rows) {
    print_beside(stdout, fmt::format("  {}  ", pad_width(name, width)), meaning);
  }
}

// Turns Ctrl-C into a request to stop: the work ends at the next safe point and leaves nothing
// half-written.
class Interrupts {
 public:
  Interrupts() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    waiter_ = std::thread([this] {
      int signal = 0;
      while (sigwait(&set_, &signal) == 0) {
        if (done_) return;
        if (source_.stop_requested()) std::_Exit(static_cast<int>(Exit::Interrupted));
        source_.request_stop();
      }
    });
  }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  ~Interrupts() {
    done_ = true;
    // The waiter has the signal blocked and takes it from sigwait(): it wakes, and nothing ends.
    pthread_kill(waiter_.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
    waiter_.join();
  }
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  sigset_t set_{};
  std::stop_source source_;
  std::atomic<bool> done_{false};
  std::thread waiter_;
};

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

// Output waits in a buffer, so that a full disk or a closed pipe may show only at the end.
Exit flushed(Exit exit) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
  throw Error(ErrorCode::Io, {"cannot write to standard output", "无法写到标准输出"});
}

Exit run(const std::vector<std::string>& given, Language language) {
  const std::vector<std::string> arguments = behind_language(given);
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    print_help(arguments.empty() ? stderr : stdout, language);
    return arguments.empty() ? Exit::Usage : Exit::Done;
  }
  if (arguments[0] == "--version") {
    fmt::print("liantu {}\n", LIANTU_VERSION);
    return Exit::Done;
  }
  for (const Verb& verb : verbs()) {
    if (verb.name != arguments[0]) continue;
    po::options_description options;
    verb.declare(options, language);
    options.add_options()(
        "lang", po::value<std::string>()->value_name("zh|en"),
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
      print_help(verb, options, language);
      return Exit::Done;
    }
    if (call.has("lang") && !parse_language(call.get<std::string>("lang"))) {
      language_error();
    }
    const Interrupts interrupts;
    call.stop = interrupts.token();
    return verb.run(call);
  }
  std::vector<std::string> known;
  for (const Verb& verb : verbs()) known.emplace_back(verb.name);
  const Text meant = did_you_mean(arguments[0], known);
  usage_error(fmt::format("there is no verb \"{}\"{}; `liantu --help` lists the verbs",
                          arguments[0], meant.en),
              fmt::format("没有动词“{}”{}；`liantu --help` 列出全部动词", arguments[0], meant.zh));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const Language language = language_of(arguments);
  const char* const head = language == Language::Zh ? "liantu：" : "liantu: ";
  // A file that may not grow any more is an error of writing; the signal would end the program
  // before its temporary file is removed.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return static_cast<int>(flushed(run(arguments, language)));
  } catch (const Error& error) {
    tell(fmt::format("{}{}", head, error.message().in(language)));
    return static_cast<int>(exit_of(error.code()));
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "{}{}\n", head,
               language == Language::Zh ? "内存不足；请减少输入或换用内存更大的机器"
                                        : "out of memory; use less input or a larger machine");
    return static_cast<int>(Exit::Limit);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}{}: {}\n", head,
               language == Language::Zh ? "内部错误，请报告" : "internal fault, please report it",
               error.what());
    return static_cast<int>(Exit::Internal);
  }
}
