# SPDX-License-Identifier: Apache-2.0
# What docs/profiles.md says to set up for the profile redmine, and an agent.
def person(login, first, last, admin)
  user = User.new(:firstname => first, :lastname => last, :mail => "#{login}@shop.test", :language => 'en')
  user.login = login
  user.admin = admin
  user.password = user.password_confirmation = 'correct horse'
  user.save!
  puts "KEY #{login} #{user.api_key}"
  puts "KEY #{login}-id #{user.id}"
  user
end

task :shop => 'db:migrate' do
  ActiveRecord::Base.descendants.each(&:reset_column_information)
  Redmine::DefaultData::Loader.load('en')
  Setting['rest_api_enabled'] = '1'
  Setting['login_required'] = '1'
  Setting['mail_from'] = 'redmine@shop.test'
  Setting['host_name'] = "127.0.0.1:#{ENV['DESK_PORT']}"
  person('dragoman', 'Dragoman', 'Gateway', true)
  max = person('max', 'Max', 'Agent', false)
  project = Project.new(:name => 'Support', :identifier => 'support', :is_public => false)
  project.trackers = Tracker.all
  project.enabled_module_names = ['issue_tracking']
  project.save!
  Member.create!(:project => project, :principal => max, :roles => [Role.find_by(:name => 'Manager')])
  customers = Role.create!(
    :name => 'Customer', :issues_visibility => 'own', :assignable => false,
    :permissions => [:view_issues, :add_issues, :edit_own_issues, :add_issue_notes]
  )
  puts "KEY role #{customers.id}"
  field = IssueCustomField.create!(
    :name => 'Dragoman', :field_format => 'string', :is_for_all => true, :is_filter => true, :trackers => Tracker.all
  )
  puts "KEY field #{field.id}"
end
